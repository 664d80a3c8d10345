package io.patchbay.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Every connector of this hub: those on the class path, and those of an own folder, which add to them or replace one of the same name.
 *
 * <p>A folder with a problem is set aside with all its problems; the others work. Thread-safe.
 */
public final class Connectors {

    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);
    private static final String ON_CLASS_PATH = "classpath*:connectors/*/" + ManifestReader.FILE;

    private final Map<String, Connector> usable = new ConcurrentSkipListMap<>();
    private final Map<String, List<Problem>> setAside = new ConcurrentSkipListMap<>();

    private Connectors() {}

    /** Those on the class path alone. */
    public static Connectors onClassPath() {
        return in(onClassPathFolders(new PathMatchingResourcePatternResolver()));
    }

    /** @param own a folder with connectors' folders; need not exist */
    public static Connectors onClassPathAnd(Path own) {
        var resources = new PathMatchingResourcePatternResolver();
        var folders = onClassPathFolders(resources);
        folders.putAll(foldersIn(own, resources));
        return in(folders);
    }

    /** Those in one folder on disk alone. */
    public static Connectors in(Path folder) {
        return in(foldersIn(folder, new PathMatchingResourcePatternResolver()));
    }

    private static Connectors in(Map<String, ConnectorFolder> folders) {
        var all = new Connectors();
        folders.values().forEach(all::read);
        return all;
    }

    private static Map<String, ConnectorFolder> onClassPathFolders(ResourcePatternResolver resources) {
        var folders = new TreeMap<String, ConnectorFolder>();
        try {
            for (var manifest : resources.getResources(ON_CLASS_PATH)) {
                var segments = manifest.getURL().getPath().split("/");
                var id = segments[segments.length - 2];
                folders.put(id, new ConnectorFolder(id, "classpath:connectors/" + id + "/", resources));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list the connectors on the class path.", e);
        }
        return folders;
    }

    private static Map<String, ConnectorFolder> foldersIn(Path own, ResourcePatternResolver resources) {
        var folders = new TreeMap<String, ConnectorFolder>();
        if (Files.isDirectory(own)) {
            try (var inside = Files.list(own)) {
                inside.filter(Files::isDirectory).forEach(folder -> {
                    var id = folder.getFileName().toString();
                    folders.put(id, new ConnectorFolder(id, folder.toUri().toString(), resources));
                });
            } catch (IOException e) {
                throw new UncheckedIOException("Could not list the connectors in " + own + ".", e);
            }
        }
        return folders;
    }

    private void read(ConnectorFolder folder) {
        var problems = new ArrayList<Problem>();
        var connector = ManifestReader.read(folder, problems);
        if (connector.isPresent() && problems.isEmpty()) {
            usable.put(folder.id(), connector.get());
        } else {
            setAside(folder.id(), problems);
        }
    }

    /** Where a connector's files are now: in the own folder, else on the class path; empty when it is gone. */
    static Optional<ConnectorFolder> folder(Path own, String id) {
        var resources = new PathMatchingResourcePatternResolver();
        return Optional.ofNullable(foldersIn(own, resources).get(id))
                .or(() -> Optional.ofNullable(onClassPathFolders(resources).get(id)));
    }

    /** From now on this one is the connector of its name. */
    void use(Connector connector) {
        usable.put(connector.id(), connector);
        setAside.remove(connector.id());
    }

    /** A changed folder is not taken; the connector as it was, if there was one, works on. */
    void refuse(String id, List<Problem> problems) {
        setAside.put(id, List.copyOf(problems));
        LOG.error("connector.refused connector={}: {}", id, told(problems));
    }

    void remove(String id) {
        usable.remove(id);
        setAside.remove(id);
    }

    /** Takes a connector out of use; what was connected with it waits. */
    void setAside(String id, List<Problem> problems) {
        usable.remove(id);
        setAside.put(id, List.copyOf(problems));
        LOG.error("connector.set-aside connector={}: {}", id, told(problems));
    }

    private static String told(List<Problem> problems) {
        return String.join("; ", problems.stream().map(Problem::toString).toList());
    }

    public Optional<Connector> find(String id) {
        return Optional.ofNullable(usable.get(id));
    }

    /**
     * A connector that must be there.
     *
     * @throws ConnectorException (ours) when it was removed or set aside
     */
    public Connector get(String id) {
        return find(id).orElseThrow(() -> new ConnectorException(
                Fault.OURS,
                setAside.containsKey(id)
                        ? "The connector " + id + " was set aside because its folder has problems: " + setAside.get(id)
                                + " Correct them."
                        : "There is no connector " + id + ". Put its folder back."));
    }

    /** By id. */
    public List<Connector> all() {
        return List.copyOf(usable.values());
    }

    /** Folders that cannot be used, with everything that is wrong in each; of one that changed while the hub ran, the connector as it was may work on. */
    public Map<String, List<Problem>> setAside() {
        return Collections.unmodifiableMap(setAside);
    }
}
