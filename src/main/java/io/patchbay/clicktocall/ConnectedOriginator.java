package io.patchbay.clicktocall;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Operation;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Places calls by the operation {@code originate} of connectors. */
@Component
record ConnectedOriginator(Operations operations) implements Originator {

    @Override
    public boolean can(ConnectionId pbx) {
        return operations.can(pbx, Operation.ORIGINATE);
    }

    @Override
    public JsonNode originate(ConnectionId pbx, JsonNode input) {
        return operations.run(pbx, Operation.ORIGINATE, input);
    }
}
