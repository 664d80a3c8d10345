package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Connections.Change;
import org.springframework.stereotype.Component;

/** Switches a connection off and on, for the console and for programs alike. What is to be done in it waits meanwhile. */
@Component
public class ConnectionSwitch {

    private final Connections connections;
    private final Subscriptions subscriptions;

    ConnectionSwitch(Connections connections, Subscriptions subscriptions) {
        this.connections = connections;
        this.subscriptions = subscriptions;
    }

    /** What the system sends meanwhile waits, so its subscription stays. */
    public void off(Connection connection) {
        if (connection.enabled()) {
            connections.change(connection.id(), Change.enabled(false));
        }
    }

    /** The subscription is taken anew: it may have run out meanwhile. */
    public void on(Connection connection) {
        if (!connection.enabled()) {
            connections.change(connection.id(), Change.enabled(true));
            subscriptions.distrust(connection.id());
        }
    }

    /** Off for good: the system is to send nothing any more. */
    public void remove(Connection connection) {
        subscriptions.end(connection.id());
        connections.remove(connection.id());
    }
}
