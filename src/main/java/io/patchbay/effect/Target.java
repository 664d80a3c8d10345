package io.patchbay.effect;

import io.patchbay.connection.Urgency;
import io.patchbay.connector.Operation;
import tools.jackson.databind.JsonNode;

/** Where effects become true: one operation at one connection. */
public interface Target {

    /** @throws io.patchbay.connector.ConnectorException whenever the target did not say that it is done */
    JsonNode run(long connection, Operation operation, JsonNode input);

    /** The same for work of this urgency. */
    Target with(Urgency urgency);
}
