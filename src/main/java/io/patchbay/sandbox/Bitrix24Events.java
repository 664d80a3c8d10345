package io.patchbay.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events on their way to the handlers: form-encoded, one after another, a moment after the cause, and sent once: what is not taken is lost
 * [doc] contracts/crm/bitrix24.md §7.
 */
final class Bitrix24Events implements AutoCloseable {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<ObjectNode> envelope;
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Bitrix24Portal.Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService queue =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private boolean installed = true;
    private long lastId = 1000;

    /** @param envelope the members {@code ts} and {@code auth} of an event that is sent now */
    Bitrix24Events(Supplier<ObjectNode> envelope) {
        this.envelope = envelope;
    }

    record Binding(long id, String event, String handler) {}

    /** An application with a page of its own that never said "installation finished" gets no events at all. */
    void setInstalled(boolean installed) {
        this.installed = installed;
    }

    boolean installed() {
        return installed;
    }

    List<Binding> bindings() {
        return List.copyOf(bindings);
    }

    List<Bitrix24Portal.Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    boolean bind(Bitrix24Parameters given) {
        var event = event(given);
        var handler = handler(given);
        if (bindings.stream()
                .anyMatch(one -> one.event().equals(event) && one.handler().equals(handler))) {
            throw Bitrix24Refusal.core("Unable to set event handler: Handler already binded"); // [inferred]
        }
        bindings.add(new Binding(++lastId, event, handler));
        return true;
    }

    ObjectNode unbind(Bitrix24Parameters given) {
        var event = event(given);
        var handler = handler(given);
        var before = bindings.size();
        bindings.removeIf(one -> one.event().equals(event) && one.handler().equals(handler));
        return JSON.objectNode().put("count", before - bindings.size());
    }

    ArrayNode get() {
        var rows = JSON.arrayNode();
        bindings.forEach(one -> rows.addObject()
                .put("event", one.event())
                .put("handler", one.handler())
                .put("auth_type", "0")
                .put("offline", 0));
        return rows;
    }

    private static String event(Bitrix24Parameters given) {
        return given.text("event")
                .map(name -> name.toUpperCase(Locale.ROOT))
                .filter(name -> name.startsWith("ON"))
                .orElseThrow(() -> new Bitrix24Refusal(400, "ERROR_EVENT_NOT_FOUND", "Event not found"));
    }

    private static String handler(Bitrix24Parameters given) {
        return given.text("handler")
                .filter(url -> url.matches("https?://[^\\s]+"))
                .orElseThrow(() -> Bitrix24Refusal.core("Wrong handler URL"));
    }

    void dropBindings() {
        bindings.clear();
    }

    /** To everybody who is bound to it. */
    void fire(String event, ObjectNode data) {
        for (var binding : bindings) {
            if (installed && binding.event().equals(event)) {
                var body = body(event, data);
                body.put("event_handler_id", String.valueOf(binding.id()));
                send(event, binding.handler(), body);
            }
        }
    }

    /** To one address, bound or not: how the installation is announced. */
    void fireTo(String handler, String event, ObjectNode data, JsonNode alsoInAuth) {
        var body = body(event, data);
        if (body.get("auth") instanceof ObjectNode auth && alsoInAuth instanceof ObjectNode more) {
            auth.setAll(more);
        }
        send(event, handler, body);
    }

    private ObjectNode body(String event, ObjectNode data) {
        var body = JSON.objectNode().put("event", event);
        body.set("data", data);
        body.setAll(envelope.get());
        return body;
    }

    private void send(String event, String handler, ObjectNode body) {
        var form = Bitrix24Form.encoded(body);
        queue.execute(() -> deliveries.add(new Bitrix24Portal.Delivery(event, handler, form, post(handler, form))));
    }

    /** @return HTTP status, 0 when nobody answered */
    private int post(String handler, String form) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(handler))
                                    .timeout(PATIENCE)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        queue.shutdownNow();
        client.shutdownNow();
    }
}
