package io.patchbay.clicktocall;

import io.patchbay.connection.ConnectionId;
import tools.jackson.databind.JsonNode;

/** A company's PBXs, as far as they place calls. */
interface Originator {

    boolean can(ConnectionId pbx);

    /**
     * Places a call: the employee's phone rings first.
     *
     * @param input and output: docs/architecture.md, "Operations"
     * @throws io.patchbay.connector.ConnectorException whenever the PBX did not say that it makes the call
     */
    JsonNode originate(ConnectionId pbx, JsonNode input);
}
