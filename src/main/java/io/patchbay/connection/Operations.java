package io.patchbay.connection;

import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.ConnectorRoutes;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Conversation;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs what a connector can do for one connection. Input and output of each operation are described in docs/architecture.md, "Operations".
 *
 * <p>Thread-safe. Every failure is a {@link ConnectorException}.
 */
public final class Operations {

    /** Exchange property with the {@link ConnectionId} a route works for. */
    public static final String CONNECTION = "connection";

    /** Exchange property with the word of the operation. */
    public static final String OPERATION = "operation";

    /** Exchange property with the {@link Urgency} of the work a route does. */
    public static final String URGENCY = "urgency";

    /** What is done although a connection is switched off: it can be tried, and hooks that still come are read instead of put aside. */
    private static final Set<Operation> WHILE_OFF = EnumSet.of(Operation.CHECK, Operation.DECODE_HOOK);

    /** To tell a real hook from a forged one, and to tell the target how to sign. */
    private static final Set<Operation> SEES_SECRETS = EnumSet.of(Operation.DECODE_HOOK, Operation.SUBSCRIBE);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Connectors connectors;
    private final Connections connections;
    private final Secrets secrets;
    private final ProducerTemplate routes;
    private final Urgency urgency;

    public Operations(Connectors connectors, Connections connections, Secrets secrets, CamelContext camel) {
        this(connectors, connections, secrets, camel.createProducerTemplate(), Urgency.LIVE);
    }

    private Operations(
            Connectors connectors, Connections connections, Secrets secrets, ProducerTemplate routes, Urgency urgency) {
        this.connectors = connectors;
        this.connections = connections;
        this.secrets = secrets;
        this.routes = routes;
        this.urgency = urgency;
    }

    /** The same operations for work of this urgency; until it is said otherwise, work is live. */
    public Operations with(Urgency stated) {
        return new Operations(connectors, connections, secrets, routes, stated);
    }

    /** Whether the connection's connector promises the operation and its settings allow it. */
    public boolean can(ConnectionId connection, Operation operation) {
        return connections
                .find(connection)
                .flatMap(found ->
                        connectors.find(found.connector()).map(connector -> connector.can(operation, found.settings())))
                .orElse(false);
    }

    /**
     * Runs an operation.
     *
     * @return its output, a JSON null when there is none
     * @throws ConnectorException not-supported when the connector does not promise it
     */
    public JsonNode run(ConnectionId connection, Operation operation, JsonNode input) {
        @Nullable Object body = body(connection, operation, input);
        return switch (body) {
            case JsonNode node -> node;
            case null -> NullNode.getInstance();
            case Content content -> {
                close(content);
                throw new ConnectorException(
                        Fault.OURS, "The operation " + operation.word() + " gives bytes. Read them.");
            }
            default ->
                throw new ConnectorException(
                        Fault.OURS,
                        "The route of " + operation.word() + " ends with a "
                                + body.getClass().getSimpleName() + " instead of a mapping's result.");
        };
    }

    /** What is done with bytes while they come. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Content content) throws IOException;
    }

    /**
     * Runs an operation that gives bytes, e.g. fetch-recording.
     *
     * @throws ConnectorException unreachable when the bytes break off
     */
    public <T> T read(ConnectionId connection, Operation operation, JsonNode input, Reader<T> reader) {
        @Nullable Object body = body(connection, operation, input);
        if (!(body instanceof Content content)) {
            throw new ConnectorException(
                    Fault.REFUSED, "The operation " + operation.word() + " was answered, but not with a file.");
        }
        try {
            return reader.read(content);
        } catch (IOException e) {
            throw new ConnectorException(
                    Fault.UNREACHABLE, "", "The file broke off: " + e.getMessage() + ".", Duration.ZERO, e);
        } finally {
            close(content);
        }
    }

    private static void close(Content content) {
        try {
            content.stream().close();
        } catch (IOException e) {
            // the file was read or given up; how its connection ends changes nothing
            return;
        }
    }

    private @Nullable Object body(ConnectionId id, Operation operation, JsonNode input) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            // a renewed login must be committed before it is used, and no row may be locked while a target thinks
            throw new IllegalStateException("Operations must not run inside a database transaction.");
        }
        var connection = connections.get(id);
        var connector = connectors.get(connection.connector());
        if (!connector.can(operation, connection.settings())) {
            throw new ConnectorException(
                    Fault.NOT_SUPPORTED,
                    connector.title() + " cannot do " + operation.word()
                            + (connector.declares(operation) ? " the way it is connected." : "."));
        }
        if (!connection.enabled() && !WHILE_OFF.contains(operation)) {
            throw new ConnectorException(
                    Fault.SETUP, "The connection " + connection.title() + " is switched off. Switch it on.");
        }
        var exchange =
                routes.send("direct:" + ConnectorRoutes.entry(connector, operation), ExchangePattern.InOut, sent -> {
                    sent.setProperty(CONNECTION, id);
                    sent.setProperty(OPERATION, operation.word());
                    sent.setProperty(URGENCY, urgency);
                    Conversation.on(sent)
                            .begin(
                                    SEES_SECRETS.contains(operation) ? withSecrets(connector, id, input) : input,
                                    settings(connector, connection));
                    sent.getMessage().setBody(input);
                });
        return result(exchange, operation);
    }

    private static @Nullable Object result(Exchange exchange, Operation operation) {
        return switch (exchange.getException()) {
            case null -> exchange.getMessage().getBody();
            case ConnectorException fault -> throw fault;
            // a route that goes through a list wraps what stopped it
            case CamelExchangeException ended when ended.getCause() instanceof ConnectorException fault -> throw fault;
            case Exception other ->
                throw new ConnectorException(
                        Fault.OURS,
                        "",
                        "The route of " + operation.word() + " failed: " + other.getMessage() + ".",
                        Duration.ZERO,
                        other);
        };
    }

    private static ObjectNode settings(Connector connector, Connection connection) {
        var all = JSON.objectNode();
        connector.withFallbacks(connection.settings()).forEach(all::set);
        return all;
    }

    /** Only what the manifest lists under {@code hookSecrets}. */
    private JsonNode withSecrets(Connector connector, ConnectionId id, JsonNode input) {
        if (!(input instanceof ObjectNode object)) {
            return input;
        }
        var all = object.deepCopy();
        var shown = all.putObject("secrets");
        connector
                .hookSecrets()
                .forEach(name -> secrets.find(id, name).ifPresent(secret -> shown.put(name, secret.reveal())));
        return all;
    }
}
