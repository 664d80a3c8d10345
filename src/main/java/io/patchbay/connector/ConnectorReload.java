package io.patchbay.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up connectors' folders that change while the hub runs. A folder is read when it stays the same from one look to the next, so that one that is just being copied is
 * left alone. A folder with a problem is refused with file and line, and the connector as it was works on. What is in hand in the old routes is finished there first.
 */
public final class ConnectorReload {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorReload.class);

    private final Connectors connectors;
    private final ConnectorRoutes routes;
    private final CamelContext camel;
    private final Path own;
    private final Consumer<Connector> taken;
    private Map<String, Integer> known;
    private Map<String, Integer> before;

    /**
     * @param own   the folder whose connectors add to those of the class path, or replace them; need not exist
     * @param taken told of each connector that was taken up
     */
    ConnectorReload(
            Connectors connectors, ConnectorRoutes routes, CamelContext camel, Path own, Consumer<Connector> taken) {
        this.connectors = connectors;
        this.routes = routes;
        this.camel = camel;
        this.own = own;
        this.taken = taken;
        this.known = marks();
        this.before = known;
    }

    /** To be called every few seconds. */
    public synchronized void look() {
        var now = marks();
        var changed = new TreeSet<>(now.keySet());
        changed.addAll(known.keySet());
        changed.removeIf(id -> same(now, known, id) || !same(now, before, id));
        before = now;
        for (var id : changed) {
            take(id);
            if (now.containsKey(id)) {
                known.put(id, now.get(id));
            } else {
                known.remove(id);
            }
        }
    }

    private static boolean same(Map<String, Integer> one, Map<String, Integer> other, String id) {
        return one.containsKey(id) == other.containsKey(id)
                && one.getOrDefault(id, 0).equals(other.getOrDefault(id, 0));
    }

    private void take(String id) {
        var folder = Connectors.folder(own, id);
        if (folder.isEmpty()) {
            routes.remove(id, camel);
            connectors.remove(id);
            LOG.warn("connector.gone connector={}", id);
            return;
        }
        var problems = new ArrayList<Problem>();
        var read = ManifestReader.read(folder.get(), problems);
        if (read.isPresent() && problems.isEmpty()) {
            problems.addAll(routes.replace(read.get(), camel));
        }
        if (problems.isEmpty()) {
            connectors.use(read.orElseThrow());
            LOG.info(
                    "connector.taken-up connector={} version={}",
                    id,
                    read.orElseThrow().version());
            taken.accept(read.orElseThrow());
        } else {
            connectors.refuse(id, problems);
        }
    }

    /** By folder: what changes when a file in it does. */
    private Map<String, Integer> marks() {
        var marks = new HashMap<String, Integer>();
        if (Files.isDirectory(own)) {
            try (var folders = Files.list(own)) {
                folders.filter(Files::isDirectory)
                        .forEach(folder -> marks.put(folder.getFileName().toString(), mark(folder)));
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("connector.folder-moves", e); // a file went away while it was looked at: the next look sees
            }
        }
        return marks;
    }

    private static int mark(Path folder) {
        try (var files = Files.walk(folder)) {
            var all = new ArrayList<List<Object>>();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(List.of(folder.relativize(file).toString(), Files.size(file), Files.getLastModifiedTime(file)));
            }
            return all.hashCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
