package io.patchbay.connection;

import java.util.Optional;

/** Small things to remember for a connection between two requests, e.g. the host an account was moved to. */
public interface ConnectionState {

    Optional<String> read(ConnectionId connection, String name);

    void write(ConnectionId connection, String name, String value);

    void clear(ConnectionId connection, String name);
}
