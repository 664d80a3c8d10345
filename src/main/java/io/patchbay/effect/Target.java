package io.patchbay.effect;

import io.patchbay.connection.Urgency;
import io.patchbay.connector.Operation;
import tools.jackson.databind.JsonNode;

/** Where effects become true: one operation at one connection. */
@FunctionalInterface
public interface Target {

    /** @throws io.patchbay.connector.ConnectorException whenever the target did not say that it is done */
    JsonNode run(long connection, Operation operation, JsonNode input);

    /** The same for work of this urgency; a target without limits need not tell them apart. */
    default Target with(Urgency urgency) {
        return this;
    }
}
