package io.patchbay.testing;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;

/**
 * A route file as it ships, in a context that starts only after its ends were replaced: what comes in is {@code direct:<route>}, what goes out a mock. What lies
 * between is the file's, and the beans it calls are real ones.
 */
public abstract class ShippedRoute extends CamelTestSupport {

    private final String file;

    /** @param file e.g. {@code routes/call/join.camel.yaml} */
    protected ShippedRoute(String file) {
        this.file = file;
        testConfiguration().withUseAdviceWith(true);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                PluginHelper.getRoutesLoader(getContext())
                        .loadRoutes(ResourceHelper.resolveResource(getContext(), "classpath:" + file));
            }
        };
    }

    /** From now on {@code direct:<route>} is where this route begins. */
    protected final void beginHere(String route) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> advice.replaceFromWith("direct:" + route));
    }

    /** The address with which the file itself lets the route begin. */
    protected final String shippedBegin(String route) throws Exception {
        return context.getRouteDefinition(route).getInput().getEndpointUri();
    }

    /** Fires or feeds a route; what failed stands in the exchange, as a queue would see it. */
    protected final Exchange send(String route, Processor message) {
        return template.send("direct:" + route, message);
    }
}
