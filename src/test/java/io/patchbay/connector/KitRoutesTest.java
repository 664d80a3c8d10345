package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The templates of routes/kit/ that connectors fill in; mappings and targets are mocks that write down in which order they were asked. */
class KitRoutesTest extends CamelTestSupport {

    private final List<String> asked = new ArrayList<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        var camel = super.createCamelContext();
        camel.addComponent("map", new MockComponent());
        camel.addComponent("api", new MockComponent());
        return camel;
    }

    /** Fills in a template for the connector {@code crm} and the operation {@code find-client}. */
    private void fill(String template, Map<String, Object> more) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.resolveResource(context, "classpath:routes/kit/" + template + ".camel.yaml"));
        var route = TemplatedRouteBuilder.builder(context, template)
                .routeId("crm.find-client")
                .parameter("connector", "crm")
                .parameter("operation", "find-client");
        more.forEach(route::parameter);
        route.add();
    }

    /** What is sent there is written down and answered. */
    private void answers(String end, String answer) {
        context.getEndpoint(end, MockEndpoint.class).whenAnyExchangeReceived(exchange -> {
            asked.add(end + " <- " + exchange.getIn().getBody(String.class));
            exchange.getMessage().setBody(answer);
        });
    }

    private Exchange run() {
        return template.send(
                "direct:crm.find-client", exchange -> exchange.getIn().setBody("input"));
    }

    @Test
    void aRequestIsWrittenAskedOnceAndItsAnswerRead() throws Exception {
        fill("request", Map.of());
        answers("map:crm/find-client.request", "request");
        answers("api:crm?allow=", "answer");
        answers("map:crm/find-client.answer", "output");

        var done = run();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isEqualTo("output");
        assertThat(asked)
                .containsExactly(
                        "map:crm/find-client.request <- input",
                        "api:crm?allow= <- request",
                        "map:crm/find-client.answer <- answer");
    }

    @Test
    void aRequestMayBorrowMappingsAndLetStatusesThrough() throws Exception {
        fill("request", Map.of("request", "search", "answer", "found", "allow", "400,404"));
        answers("map:crm/search", "request");
        answers("api:crm?allow=400,404", "answer");
        answers("map:crm/found", "output");

        assertThat(run().getMessage().getBody()).isEqualTo("output");
        assertThat(asked).hasSize(3);
    }

    @Test
    void anAnswerThatIsAFaultIsNotReadAndTheNextRequestGoesOn() throws Exception {
        fill("request", Map.of());
        answers("map:crm/find-client.request", "request");
        answers("map:crm/find-client.answer", "output");
        var target = context.getEndpoint("api:crm?allow=", MockEndpoint.class);
        target.whenAnyExchangeReceived(exchange -> {
            throw new ConnectorException(Fault.BUSY, "Too many requests.");
        });

        assertThat(run().getException())
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
        assertThat(asked).containsExactly("map:crm/find-client.request <- input");
        assertThat(target.getReceivedCounter()).as("asked once, not repeated").isOne();

        answers("api:crm?allow=", "answer");
        assertThat(run().getMessage().getBody()).isEqualTo("output");
    }

    @Test
    void aRequestThatCannotBeWrittenIsNotAsked() throws Exception {
        fill("request", Map.of());
        var target = context.getEndpoint("api:crm?allow=", MockEndpoint.class);
        context.getEndpoint("map:crm/find-client.request", MockEndpoint.class).whenAnyExchangeReceived(exchange -> {
            throw new ConnectorException(Fault.REFUSED, "A card needs a number.");
        });

        assertThat(run().getException()).isInstanceOf(ConnectorException.class);
        assertThat(target.getReceivedCounter()).isZero();
    }

    @Test
    void aTranslationAsksNobody() throws Exception {
        fill("translate", Map.of());
        answers("map:crm/find-client", "output");

        assertThat(run().getMessage().getBody()).isEqualTo("output");
        assertThat(asked).containsExactly("map:crm/find-client <- input");
        assertThat(context.getEndpoints()).noneMatch(end -> end.getEndpointUri().startsWith("api:"));
    }

    @Test
    void aFileIsHandedOverAsItComes() throws Exception {
        fill("fetch", Map.of());
        answers("map:crm/find-client.request", "request");
        answers("api:crm?stream=true", "bytes");

        assertThat(run().getMessage().getBody()).isEqualTo("bytes");
        assertThat(asked).containsExactly("map:crm/find-client.request <- input", "api:crm?stream=true <- request");
    }
}
