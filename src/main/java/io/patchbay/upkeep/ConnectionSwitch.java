package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Connections.Change;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Switches a connection off and on, for the console and for programs alike. What is to be done in it waits meanwhile. */
@Component
public class ConnectionSwitch {

    private final Connections connections;
    private final Subscriptions subscriptions;
    private final TransactionOperations transactions;
    private final Audit audit;

    ConnectionSwitch(
            Connections connections, Subscriptions subscriptions, TransactionOperations transactions, Audit audit) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** What the system sends meanwhile waits, so its subscription stays. */
    public void off(Connection connection) {
        if (connection.enabled()) {
            noted(
                    Action.CONNECTION_SWITCHED_OFF,
                    connection,
                    () -> connections.change(connection.id(), Change.enabled(false)));
        }
    }

    /** The subscription is taken anew: it may have run out meanwhile. */
    public void on(Connection connection) {
        if (!connection.enabled()) {
            noted(
                    Action.CONNECTION_SWITCHED_ON,
                    connection,
                    () -> connections.change(connection.id(), Change.enabled(true)));
            subscriptions.distrust(connection.id());
        }
    }

    /** Off for good: the system is to send nothing any more. */
    public void remove(Connection connection) {
        subscriptions.end(connection.id());
        noted(Action.CONNECTION_REMOVED, connection, () -> connections.remove(connection.id()));
    }

    private void noted(Action action, Connection connection, Runnable change) {
        transactions.executeWithoutResult(status -> {
            change.run();
            audit.note(connection.company(), Deed.of(action, connection.id().value(), connection.title()));
        });
    }
}
