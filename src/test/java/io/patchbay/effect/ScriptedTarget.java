package io.patchbay.effect;

import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A CRM that does what it is asked, but for what a test tells it to do otherwise; each order counts once. */
final class ScriptedTarget implements Target {

    /** The process ends at this instant. */
    static final class Killed extends Error {}

    record Asked(Operation operation, JsonNode input, Urgency urgency) {}

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<Operation, Deque<Function<JsonNode, JsonNode>>> script = new EnumMap<>(Operation.class);
    private final AtomicInteger ids = new AtomicInteger();
    final List<ObjectNode> cards = Collections.synchronizedList(new ArrayList<>());
    final List<String> entries = Collections.synchronizedList(new ArrayList<>());

    @Override
    public JsonNode run(long connection, Operation operation, JsonNode input) {
        return run(operation, input, Urgency.LIVE);
    }

    @Override
    public Target with(Urgency urgency) {
        return new Target() {
            @Override
            public JsonNode run(long connection, Operation operation, JsonNode input) {
                return ScriptedTarget.this.run(operation, input, urgency);
            }

            @Override
            public Target with(Urgency other) {
                return ScriptedTarget.this.with(other);
            }
        };
    }

    private JsonNode run(Operation operation, JsonNode input, Urgency urgency) {
        asked.add(new Asked(operation, input, urgency));
        Function<JsonNode, JsonNode> order;
        synchronized (script) {
            var orders = script.get(operation);
            order = orders == null || orders.isEmpty() ? ignored -> answer(operation, input) : orders.poll();
        }
        return order.apply(input);
    }

    ScriptedTarget fails(Operation operation, Fault fault, Duration retryAfter) {
        return then(operation, input -> {
            throw new ConnectorException(fault, "E1", "The target says " + fault, retryAfter, null);
        });
    }

    ScriptedTarget fails(Operation operation, Fault fault) {
        return fails(operation, fault, Duration.ZERO);
    }

    /** Does the work, and then the hub dies before it hears of it. */
    ScriptedTarget doesAndKills(Operation operation) {
        return then(operation, input -> {
            answer(operation, input);
            throw new Killed();
        });
    }

    ScriptedTarget then(Operation operation, Function<JsonNode, JsonNode> order) {
        synchronized (script) {
            script.computeIfAbsent(operation, ignored -> new ArrayDeque<>()).add(order);
        }
        return this;
    }

    List<Operation> operations() {
        return asked.stream().map(Asked::operation).toList();
    }

    /** Of all that was asked so far. */
    Set<Urgency> urgencies() {
        return asked.stream().map(Asked::urgency).collect(Collectors.toSet());
    }

    void forgetWhatWasAsked() {
        asked.clear();
    }

    JsonNode lastInput(Operation operation) {
        return asked.stream()
                .filter(a -> a.operation() == operation)
                .toList()
                .getLast()
                .input();
    }

    private JsonNode answer(Operation operation, JsonNode input) {
        var answer = JsonNodeFactory.instance.objectNode();
        switch (operation) {
            case FIND_CLIENT -> {
                var found = answer.putArray("clients");
                cards.stream()
                        .filter(card -> card.get("number").equals(input.get("number")))
                        .forEach(found::add);
            }
            case CREATE_CLIENT -> {
                var card = JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "contact")
                        .put("id", "client-" + ids.incrementAndGet())
                        .put("name", "New")
                        .put("owner", "7");
                card.set("number", input.get("number"));
                cards.add(card);
                return card;
            }
            case OPEN_CALL, LOG_CALL -> {
                var id = "entry-" + ids.incrementAndGet();
                entries.add(id);
                answer.put("id", id).put("url", "https://crm.example/" + id);
            }
            case FIND_LOGGED_CALL -> {
                answer.put("found", !entries.isEmpty());
                if (!entries.isEmpty()) {
                    answer.put("id", entries.getLast());
                }
            }
            default -> answer.put("id", operation.word() + "-" + ids.incrementAndGet());
        }
        return answer;
    }
}
