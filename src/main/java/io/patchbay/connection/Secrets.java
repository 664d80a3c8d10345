package io.patchbay.connection;

import java.util.Optional;
import java.util.Set;

/** The secret settings of connections, sealed wherever they rest. */
public interface Secrets {

    Optional<Secret> find(ConnectionId connection, String name);

    /** What is there, without opening it. */
    Set<String> names(ConnectionId connection);

    void keep(ConnectionId connection, String name, Secret secret);

    void forget(ConnectionId connection, String name);
}
