package io.patchbay.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Brings the connectors' routes into Camel.
 *
 * <p>The templates of {@code routes/kit} come first. The connectors' own routes are added when Camel already runs: then a route that does not
 * start takes only its connector with it, not the hub. A message that comes in between waits for its route (the {@code direct:} component blocks).
 */
public final class ConnectorRoutes {

    private static final List<String> KIT = List.of("request", "requests", "translate", "fetch");
    private static final String ENDING = ".camel.yaml";

    private final Connectors connectors;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

    /** What runs for a connector. @param files texts of its route files, by name: on disk they may be others by now */
    private record Loaded(Connector connector, Map<String, String> files, Set<String> routes) {}

    public ConnectorRoutes(Connectors connectors) {
        this.connectors = connectors;
    }

    /** To be called before Camel starts. */
    public void joinTo(CamelContext camel) {
        loadKit((ModelCamelContext) camel);
        try {
            camel.addStartupListener(new ExtendedStartupListener() {
                @Override
                public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
                    // too early: what is added now only starts with the hub's own routes, and would stop them all
                }

                @Override
                public void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
                    connectors.all().forEach(connector -> load(connector, started));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("Could not listen to the start of Camel.", e);
        }
    }

    private static void loadKit(ModelCamelContext camel) {
        for (var template : KIT) {
            if (camel.getRouteTemplateDefinition(template) == null) {
                try {
                    load(
                            ResourceHelper.resolveMandatoryResource(camel, "classpath:routes/kit/" + template + ENDING),
                            camel);
                    camel.getRouteTemplateDefinition(template)
                            .getRoute()
                            .setErrorHandlerFactory(new NoErrorHandlerDefinition());
                } catch (Exception e) {
                    throw new IllegalStateException("Could not read the route template " + template + ".", e);
                }
            }
        }
    }

    private void load(Connector connector, CamelContext camel) {
        var problems = load(connector, files(connector), camel);
        if (!problems.isEmpty()) {
            connectors.setAside(connector.id(), problems);
        }
    }

    /**
     * Puts a connector's new routes in the place of its old ones. A message that comes in between waits. When a new route does not start, the old ones are put back.
     *
     * @return what is wrong with the new ones
     */
    List<Problem> replace(Connector changed, CamelContext camel) {
        var former = Optional.ofNullable(loaded.get(changed.id()));
        remove(changed.id(), camel);
        connectors.use(changed); // its routes find its mappings by its name
        var problems = load(changed, files(changed), camel);
        if (!problems.isEmpty()) {
            connectors.remove(changed.id());
            former.ifPresent(old -> {
                connectors.use(old.connector());
                load(old.connector(), old.files(), camel);
            });
        }
        return problems;
    }

    /** Takes a connector's routes out, after what is in hand in them. */
    void remove(String id, CamelContext camel) {
        var old = loaded.remove(id);
        if (old != null) {
            old.routes().forEach(route -> remove(camel, route));
            forgetMappings(id, camel);
        }
    }

    /** Camel keeps an endpoint under its name, and with it the mapping that it had. */
    private static void forgetMappings(String id, CamelContext camel) {
        try {
            camel.removeEndpoints("map://" + id + "/*");
        } catch (Exception e) {
            throw new IllegalStateException("Could not forget the mappings of " + id + ".", e);
        }
    }

    private List<Problem> load(Connector connector, Map<String, String> files, CamelContext camel) {
        var before = ids(camel);
        var problems = new ArrayList<Problem>();
        files.forEach((file, text) -> {
            try {
                load(ResourceHelper.fromString("connectors/" + connector.id() + "/" + file, text), camel);
            } catch (Exception e) {
                problems.add(new Problem(file, "", "does not start: " + rootCause(e)));
            }
        });
        if (problems.isEmpty()) {
            problems.addAll(missingRoutes(connector, camel));
        }
        if (problems.isEmpty()) {
            var routes = ids(camel);
            routes.removeAll(before);
            loaded.put(connector.id(), new Loaded(connector, files, routes));
        } else {
            removeAllBut(before, camel);
            forgetMappings(connector.id(), camel);
        }
        return problems;
    }

    private static Map<String, String> files(Connector connector) {
        var files = new LinkedHashMap<String, String>();
        for (var file : connector.folder().files("", ENDING)) {
            files.put(file, connector.folder().text(file).orElse(""));
        }
        return files;
    }

    /** A fault goes to whoever asked and is told there once; Camel's own error handler would log each with its stack trace. */
    private static void load(Resource resource, CamelContext camel) throws Exception {
        for (var routes : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource)) {
            if (routes instanceof RouteBuilder builder) {
                builder.addLifecycleInterceptor(new RouteBuilderLifecycleStrategy() {
                    @Override
                    public void beforeConfigure(RouteBuilder configured) {
                        configured.errorHandler(configured.noErrorHandler());
                    }
                });
            }
            camel.addRoutes(routes);
            camel.addTemplatedRoutes(routes);
        }
    }

    private static List<Problem> missingRoutes(Connector connector, CamelContext camel) {
        var entries = new HashSet<String>();
        for (var route : camel.getRoutes()) {
            entries.add(route.getEndpoint().getEndpointBaseUri());
        }
        return connector.can().stream()
                .filter(operation -> !entries.contains("direct://" + entry(connector, operation)))
                .map(operation -> new Problem(
                        ManifestReader.FILE,
                        "can",
                        "promises " + operation.word() + ", but no route begins with direct:"
                                + entry(connector, operation) + "."))
                .toList();
    }

    /** Where an operation's route begins, without the {@code direct:}. */
    public static String entry(Connector connector, Operation operation) {
        return connector.id() + "." + operation.word();
    }

    private static TreeSet<String> ids(CamelContext camel) {
        var ids = new TreeSet<String>();
        camel.getRoutes().stream().map(Route::getId).forEach(ids::add);
        return ids;
    }

    private static void removeAllBut(TreeSet<String> kept, CamelContext camel) {
        for (var id : ids(camel)) {
            if (!kept.contains(id)) {
                remove(camel, id);
            }
        }
    }

    private static void remove(CamelContext camel, String route) {
        try {
            camel.getRouteController().stopRoute(route);
            camel.removeRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException("Could not take out the route " + route + ".", e);
        }
    }

    private static String rootCause(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
