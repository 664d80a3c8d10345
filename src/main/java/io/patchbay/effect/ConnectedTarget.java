package io.patchbay.effect;

import io.patchbay.caller.Questions;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.Operation;
import tools.jackson.databind.JsonNode;

/** The systems companies are connected to. */
record ConnectedTarget(Operations operations, Questions questions) implements Target {

    @Override
    public JsonNode run(long connection, Operation operation, JsonNode input) {
        return operation == Operation.FIND_CLIENT
                ? questions.ask(operations, connection, operation, input)
                : operations.run(new ConnectionId(connection), operation, input);
    }

    @Override
    public Target with(Urgency urgency) {
        return new ConnectedTarget(operations.with(urgency), questions);
    }
}
