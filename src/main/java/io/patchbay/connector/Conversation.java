package io.patchbay.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation on its way through a route: what was asked for and what the target answered so far.
 *
 * <p>It lives in the exchange properties {@code input}, {@code settings}, {@code answer}, {@code status} and {@code kept}, which a route may read
 * in its conditions.
 */
public final class Conversation {

    public static final String INPUT = "input";
    public static final String SETTINGS = "settings";
    public static final String ANSWER = "answer";
    public static final String STATUS = "status";
    public static final String KEPT = "kept";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Exchange exchange;

    private Conversation(Exchange exchange) {
        this.exchange = exchange;
    }

    public static Conversation on(Exchange exchange) {
        return new Conversation(exchange);
    }

    public void begin(JsonNode input, JsonNode settings) {
        exchange.setProperty(INPUT, input);
        exchange.setProperty(SETTINGS, settings);
    }

    /** @param status HTTP status, 0 when nothing was asked */
    public void answered(JsonNode answer, int status) {
        exchange.setProperty(ANSWER, answer);
        exchange.setProperty(STATUS, status);
    }

    /** Keeps the last answer under a name for later mappings. */
    public void keep(String name) {
        var kept = new LinkedHashMap<>(kept());
        kept.put(name, node(ANSWER));
        exchange.setProperty(KEPT, kept);
    }

    /** What mappings and conditions see. */
    public ObjectNode view() {
        var view = JSON.objectNode();
        view.set(INPUT, node(INPUT));
        view.set(SETTINGS, node(SETTINGS));
        view.set(ANSWER, node(ANSWER));
        Integer status = exchange.getProperty(STATUS, Integer.class);
        view.set(STATUS, status == null ? NullNode.getInstance() : JSON.numberNode(status.intValue()));
        view.putObject(KEPT).setAll(kept());
        return view;
    }

    private JsonNode node(String property) {
        @Nullable Object value = exchange.getProperty(property);
        return value instanceof JsonNode node ? node : NullNode.getInstance();
    }

    @SuppressWarnings("unchecked") // only keep() writes it
    private Map<String, JsonNode> kept() {
        @Nullable Object value = exchange.getProperty(KEPT);
        return value == null ? Map.of() : (Map<String, JsonNode>) value;
    }
}
