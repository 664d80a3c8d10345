package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.call.RecordingFact;
import io.patchbay.company.CompanyId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Addresses of the hub that are given to connected systems. */
public interface RecordingLinks {

    /**
     * A recording in the shape of docs/architecture.md, "Operations".
     *
     * @param content with the bytes instead of the address
     * @throws io.patchbay.connector.ConnectorException busy while the hub does not have it yet
     */
    ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content);

    /** The call's page in the hub; empty while the hub does not know its own address. */
    Optional<String> page(CallId call);
}
