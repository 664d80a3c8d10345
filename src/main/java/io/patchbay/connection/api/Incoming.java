package io.patchbay.connection.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers by name in small letters, the first of several
 * @param body    not read yet, limited in size and time; must be closed
 */
record Incoming(int status, Map<String, String> headers, InputStream body) implements AutoCloseable {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
