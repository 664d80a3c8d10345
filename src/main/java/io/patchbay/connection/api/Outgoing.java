package io.patchbay.connection.api;

import java.net.URI;
import java.util.Map;

/**
 * A request as it goes on the wire.
 *
 * @param body        empty for none
 * @param contentType of the body, empty for none
 */
record Outgoing(String method, URI uri, Map<String, String> headers, byte[] body, String contentType) {}
