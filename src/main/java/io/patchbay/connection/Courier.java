package io.patchbay.connection;

import io.patchbay.connector.ConnectorException;
import java.net.URI;
import java.util.Map;

/** Brings a word of the hub's own to an address outside, through the same guarded door as every request to a connected system. */
public interface Courier {

    /**
     * Posts JSON. No redirect is followed and nothing is repeated.
     *
     * @throws ConnectorException when no answer came, or the address is forbidden
     */
    Reply post(URI address, Map<String, String> headers, String json);

    /** @param body at most its first few thousand characters */
    record Reply(int status, String body) {

        public boolean isTaken() {
            return status >= 200 && status < 300;
        }
    }
}
