package io.patchbay.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
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
        var before = ids(camel);
        var problems = new ArrayList<Problem>();
        for (var file : connector.folder().files("", ENDING)) {
            try {
                load(resource(connector, file), camel);
            } catch (Exception e) {
                problems.add(new Problem(file, "", "does not start: " + rootCause(e)));
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(missingRoutes(connector, camel));
        }
        if (!problems.isEmpty()) {
            removeAllBut(before, camel);
            connectors.setAside(connector.id(), problems);
        }
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

    private static Resource resource(Connector connector, String file) {
        var text = connector.folder().text(file).orElse("");
        return ResourceHelper.fromString("connectors/" + connector.id() + "/" + file, text);
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
                try {
                    camel.getRouteController().stopRoute(id);
                    camel.removeRoute(id);
                } catch (Exception e) {
                    throw new IllegalStateException("Could not take out the route " + id + ".", e);
                }
            }
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
