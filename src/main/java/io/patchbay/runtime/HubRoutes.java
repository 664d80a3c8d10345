package io.patchbay.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The hub's own routes: those on the class path, and those of a folder beside the jar, which add to them or replace a file of the same name. The templates of
 * {@code kit/} belong to the connectors and are not among them.
 */
final class HubRoutes {

    private static final String ROOT = "routes/";
    private static final String KIT = "kit/";
    private static final String ENDING = ".camel.yaml";

    private final Map<String, Resource> files;

    private HubRoutes(Map<String, Resource> files) {
        this.files = files;
    }

    /** @param own a folder shaped like {@code routes/}; need not exist */
    static HubRoutes onClassPathAnd(Path own) {
        var files = new TreeMap<String, Resource>();
        var resources = new PathMatchingResourcePatternResolver();
        collect(resources, "classpath*:" + ROOT, files);
        if (Files.isDirectory(own)) {
            collect(resources, own.toUri().toString(), files);
        }
        return new HubRoutes(files);
    }

    /** @param root Spring address of a folder with a slash at its end */
    private static void collect(
            PathMatchingResourcePatternResolver resources, String root, Map<String, Resource> files) {
        try {
            for (var file : resources.getResources(root + "*/*" + ENDING)) {
                var segments = file.getURL().getPath().split("/");
                var name = segments[segments.length - 2] + "/" + segments[segments.length - 1];
                if (!name.startsWith(KIT)) {
                    files.put(name, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list the routes in " + root + ".", e);
        }
    }

    /**
     * To be called before Camel starts.
     *
     * @throws StartRefusedException for a file that cannot be used; one with the id of another file's route would take its place without a word
     */
    void joinTo(CamelContext camel) {
        var routes = Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class));
        files.forEach((name, file) -> {
            try {
                var before = List.copyOf(routes.getRouteDefinitions());
                var text = file.getContentAsString(StandardCharsets.UTF_8);
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(ROOT + name, text));
                for (var route : before) {
                    if (!routes.getRouteDefinitions().contains(route)) {
                        throw new IllegalArgumentException("another file has a route " + route.getId() + " already.");
                    }
                }
            } catch (Exception e) {
                throw new StartRefusedException(
                        "The route file " + file.getDescription() + " cannot be used: " + e.getMessage(),
                        "Correct it, or take it away: then the one of this release is used.",
                        e);
            }
        });
    }
}
