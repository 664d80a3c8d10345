package io.patchbay.backfill;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What routes/backfill/compare.camel.yaml calls: reads each PBX's history since the last comparison and joins its rows, one at a time. */
@Component
@EnableConfigurationProperties(BackfillProperties.class)
public class BackfillSteps {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillSteps.class);
    private static final String UNTIL = "backfill.until";

    private final Connections connections;
    private final ConnectionState state;
    private final Operations operations;
    private final History history;
    private final BackfillProperties properties;
    private final Clock clock;

    public BackfillSteps(
            Connections connections,
            ConnectionState state,
            Operations operations,
            History history,
            BackfillProperties properties,
            Clock clock) {
        this.connections = connections;
        this.state = state;
        this.operations = operations;
        this.history = history;
        this.properties = properties;
        this.clock = clock;
    }

    /** Every PBX in turn; one that fails takes nothing from the others and is asked for the same time again. */
    public void compare() {
        for (var connection : connections.all()) {
            if (connection.enabled() && operations.can(connection.id(), Operation.LIST_CALLS)) {
                try {
                    compare(connection);
                } catch (ConnectorException e) {
                    LOG.warn("backfill.not-read connection={} fault={}", connection.id(), e.fault());
                } catch (RuntimeException e) {
                    LOG.error("backfill.failed connection={} fault=OURS", connection.id(), e);
                }
            }
        }
    }

    private void compare(Connection connection) {
        var now = clock.instant();
        var read = history.read(connection, from(connection, now), now);
        var whole = true;
        for (var chain : HistoryChains.of(read.rows())) {
            if (chain.complete().plus(properties.quiet()).isBefore(now)) {
                whole &= join(connection, chain);
            }
        }
        // An empty answer may be the PBX's trouble and says nothing. A reading that broke off never comes here
        if (whole && read.listed() > 0) {
            state.write(connection.id(), UNTIL, Long.toString(now.toEpochMilli()));
        }
    }

    private Instant from(Connection connection, Instant now) {
        var farthest = now.minus(properties.farthest());
        var connected = connection.createdAt().minus(properties.overlap());
        var last = state.read(connection.id(), UNTIL)
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli)
                .map(until -> until.minus(properties.overlap()))
                .orElse(connected);
        return last.isAfter(farthest) ? last : farthest;
    }

    /** @return whether it was stored; if not, it is our trouble and will be tried again */
    private boolean join(Connection connection, HistoryChains.Chain chain) {
        try {
            history.join(connection, chain);
            return true;
        } catch (RuntimeException e) {
            LOG.error("backfill.call-not-stored connection={} fault=OURS", connection.id(), e);
            return false;
        }
    }
}
