package io.patchbay.connection.api;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Conversation;
import io.patchbay.connector.Fault;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** One use of {@code api:} in a route. */
final class ApiEndpoint extends DefaultEndpoint {

    private final Gate gate;
    private String keep = "";
    private Set<Integer> allow = Set.of();
    private boolean stream;
    private boolean text;

    ApiEndpoint(String uri, ApiComponent component, Gate gate) {
        super(uri, component);
        this.gate = gate;
    }

    void setKeep(String keep) {
        this.keep = keep;
    }

    void setAllow(String allow) {
        this.allow = Arrays.stream(allow.split(","))
                .map(String::trim)
                .filter(status -> !status.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    void setStream(boolean stream) {
        this.stream = stream;
    }

    void setText(boolean text) {
        this.text = text;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                ask(exchange);
            }
        };
    }

    private void ask(Exchange exchange) {
        var conversation = Conversation.on(exchange);
        @Nullable Object body = exchange.getMessage().getBody();
        if (body == null || body instanceof NullNode) {
            conversation.answered(NullNode.getInstance(), 0);
        } else if (body instanceof JsonNode node) {
            var operation = Objects.toString(exchange.getProperty(Operations.OPERATION), "");
            var answer = gate.ask(
                    connection(exchange),
                    ApiRequest.of(node),
                    new Asking(operation, urgency(exchange), allow, stream, text));
            conversation.answered(answer.body(), answer.status());
            exchange.getMessage().setBody(answer.content().<Object>map(c -> c).orElse(answer.body()));
        } else {
            throw new ConnectorException(
                    Fault.OURS,
                    "api: wants the result of a map: as its body, not a "
                            + body.getClass().getSimpleName() + ".");
        }
        if (!keep.isEmpty()) {
            conversation.keep(keep);
        }
    }

    private static Urgency urgency(Exchange exchange) {
        return exchange.getProperty(Operations.URGENCY) instanceof Urgency stated ? stated : Urgency.LIVE;
    }

    private static ConnectionId connection(Exchange exchange) {
        @Nullable Object connection = exchange.getProperty(Operations.CONNECTION);
        if (connection instanceof ConnectionId id) {
            return id;
        }
        throw new ConnectorException(
                Fault.OURS, "The route was started without a connection. Start it through Operations.");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("api: stands inside a route, not at its beginning.");
    }

    @Override
    protected String createEndpointUri() {
        return getEndpointUri();
    }
}
