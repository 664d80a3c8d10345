package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Connections.Change;
import org.springframework.stereotype.Component;

/** Switches a connection off and on. Everything that belongs to it stays; what is to be done in it waits. */
@Component
public class ConnectionSwitch {

    private final Connections connections;
    private final Subscriptions subscriptions;

    ConnectionSwitch(Connections connections, Subscriptions subscriptions) {
        this.connections = connections;
        this.subscriptions = subscriptions;
    }

    /** First the system is told to send no more: once it is off, nothing is asked of it. */
    public void off(Connection connection) {
        if (connection.enabled()) {
            subscriptions.end(connection.id());
            connections.change(connection.id(), Change.enabled(false));
        }
    }

    public void on(Connection connection) {
        if (!connection.enabled()) {
            connections.change(connection.id(), Change.enabled(true));
            subscriptions.distrust(connection.id());
        }
    }
}
