package io.patchbay.caller;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Questions to connected systems, each asked once however many want to know at the same moment. Only for operations that change nothing. Thread-safe. */
@Component
public class Questions {

    private record Question(long connection, Operation operation, JsonNode input) {}

    private final ConcurrentHashMap<Question, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

    /** @throws ConnectorException as {@link Operations#run} */
    public JsonNode ask(Operations operations, long connection, Operation operation, JsonNode input) {
        var question = new Question(connection, operation, input);
        var mine = new CompletableFuture<JsonNode>();
        var asked = open.putIfAbsent(question, mine);
        if (asked != null) {
            return answer(asked);
        }
        try {
            mine.complete(operations.run(new ConnectionId(connection), operation, input));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } finally {
            open.remove(question, mine);
        }
        return answer(mine);
    }

    private static JsonNode answer(CompletableFuture<JsonNode> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Fault.OURS, "The hub stops.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
