package io.patchbay.connector;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import tools.jackson.databind.JsonNode;

/** One use of a mapping in a route. */
final class MapEndpoint extends DefaultEndpoint {

    private final Mapping mapping;

    MapEndpoint(String uri, MapComponent component, Mapping mapping) {
        super(uri, component);
        this.mapping = mapping;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                var result = mapping.apply(Conversation.on(exchange).view());
                raise(result.path("fault"));
                exchange.getMessage().setBody(result);
            }
        };
    }

    private static void raise(JsonNode fault) {
        if (fault.isObject()) {
            var is = fault.path("is").asString("OURS").toUpperCase(Locale.ROOT).replace('-', '_');
            throw new ConnectorException(
                    Arrays.stream(Fault.values())
                            .filter(one -> one.name().equals(is))
                            .findFirst()
                            .orElse(Fault.OURS),
                    fault.path("code").asString(""),
                    fault.path("text").asString("The target refused without a word."),
                    Duration.ofSeconds(fault.path("wait").asLong(0)),
                    null);
        }
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("map: stands inside a route, not at its beginning.");
    }

    @Override
    protected String createEndpointUri() {
        return getEndpointUri();
    }
}
