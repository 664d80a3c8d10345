package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Operation;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What routes/upkeep/keep.camel.yaml calls: looks after every connection in turn; one that fails takes nothing from the others. */
@Component
@EnableConfigurationProperties(UpkeepProperties.class)
public class UpkeepSteps {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepSteps.class);
    static final String ROSTER_DUE = "roster.due";

    private final Connections connections;
    private final Operations operations;
    private final ConnectionState state;
    private final Subscriptions subscriptions;
    private final HookRotation rotation;
    private final Roster roster;
    private final UpkeepProperties properties;
    private final Clock clock;
    private final AtomicBoolean justStarted = new AtomicBoolean(true);

    public UpkeepSteps(
            Connections connections,
            Operations operations,
            ConnectionState state,
            Subscriptions subscriptions,
            HookRotation rotation,
            Roster roster,
            UpkeepProperties properties,
            Clock clock) {
        this.connections = connections;
        this.operations = operations;
        this.state = state;
        this.subscriptions = subscriptions;
        this.rotation = rotation;
        this.roster = roster;
        this.properties = properties;
        this.clock = clock;
    }

    public void keep() {
        var first = justStarted.getAndSet(false);
        for (var connection : connections.all()) {
            if (connection.enabled()) {
                try {
                    keep(connection, first);
                } catch (RuntimeException e) {
                    LOG.error("upkeep.failed connection={} fault=OURS", connection.id(), e);
                }
            }
        }
    }

    private void keep(Connection connection, boolean first) {
        if (can(connection, Operation.LIST_EMPLOYEES) && (first || rosterIsDue(connection))) {
            var pause = roster.read(connection) instanceof Roster.Answered
                    ? properties.rosterEvery()
                    : properties.retryAfter();
            state.write(
                    connection.id(),
                    ROSTER_DUE,
                    Long.toString(clock.instant().plus(pause).toEpochMilli()));
        }
        if (can(connection, Operation.SUBSCRIBE)) {
            if (first) {
                subscriptions.distrust(connection.id());
            }
            subscriptions.keep(connection);
        } else {
            rotation.nobodyRegisters(connection);
        }
    }

    private boolean rosterIsDue(Connection connection) {
        return state.read(connection.id(), ROSTER_DUE)
                .map(Long::parseLong)
                .filter(due -> due > clock.millis())
                .isEmpty();
    }

    private boolean can(Connection connection, Operation operation) {
        return operations.can(connection.id(), operation);
    }
}
