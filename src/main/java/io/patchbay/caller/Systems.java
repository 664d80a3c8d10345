package io.patchbay.caller;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The systems that can be asked who calls. */
interface Systems {

    /** Connections that are switched on and can do it. */
    Set<Long> thatCan(CompanyId company, Operation operation);

    /** @throws io.patchbay.connector.ConnectorException whenever the system did not answer */
    JsonNode ask(long connection, Operation operation, JsonNode input);
}
