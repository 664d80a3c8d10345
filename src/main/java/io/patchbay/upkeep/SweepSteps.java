package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.intake.ToldChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What routes/upkeep/sweep.camel.yaml calls: asks each system that can list its changes what changed since it was last asked. A webhook that was lost costs
 * minutes then, and not an order. Whoever hears of a change must bear to hear of it twice.
 */
@Component
public class SweepSteps {

    private static final Logger LOG = LoggerFactory.getLogger(SweepSteps.class);

    /** Up to when changes were read, epoch milliseconds, in the connection's state. */
    static final String SINCE = "sweep.since";

    /** Before that instant: the other clock may be behind, and a change may become visible only after it is dated. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** At a hundred changes a page; it ends a target that pages for ever. */
    private static final int MOST_PAGES = 500;

    private final Connections connections;
    private final Operations operations;
    private final ConnectionState state;
    private final ApplicationEventPublisher events;
    private final UpkeepProperties properties;
    private final Clock clock;

    SweepSteps(
            Connections connections,
            Operations operations,
            ConnectionState state,
            ApplicationEventPublisher events,
            UpkeepProperties properties,
            Clock clock) {
        this.connections = connections;
        this.operations = operations.with(Urgency.BACKGROUND);
        this.state = state;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** One that fails takes nothing from the others, and is asked for the same again. */
    public void sweep() {
        for (var connection : connections.all()) {
            if (connection.enabled() && operations.can(connection.id(), Operation.LIST_CHANGES)) {
                try {
                    sweep(connection);
                } catch (ConnectorException e) {
                    LOG.info("sweep.refused connection={} fault={}", connection.id(), e.fault());
                } catch (RuntimeException e) {
                    LOG.error("sweep.failed connection={} fault=OURS", connection.id(), e);
                }
            }
        }
    }

    /** A new connection begins with now: what was before is an import's business. */
    private void sweep(Connection connection) {
        var now = clock.instant();
        var since = state.read(connection.id(), SINCE).map(Long::parseLong).map(Instant::ofEpochMilli);
        if (since.isPresent()) {
            if (now.isBefore(since.get().plus(properties.sweepEvery()))) {
                return;
            }
            read(connection, since.get().minus(OVERLAP), now);
        }
        state.write(connection.id(), SINCE, Long.toString(now.toEpochMilli()));
    }

    private void read(Connection connection, Instant since, Instant now) {
        Optional<JsonNode> cursor = Optional.empty();
        for (var page = 0; page < MOST_PAGES; page++) {
            var answer = operations.run(connection.id(), Operation.LIST_CHANGES, input(since, now, cursor));
            for (var event : answer.path("events")) {
                ToldChange.read(event, connection.company(), connection.id(), now)
                        .ifPresent(events::publishEvent);
            }
            var next = answer.path("next");
            if (next.asString("").isEmpty()) {
                return;
            }
            cursor = Optional.of(next);
        }
        LOG.warn("sweep.cut connection={} pages={}", connection.id(), MOST_PAGES);
    }

    private static JsonNode input(Instant since, Instant now, Optional<JsonNode> cursor) {
        var input = JsonNodeFactory.instance
                .objectNode()
                .put("since", since.toString())
                .put("sinceEpoch", since.getEpochSecond())
                .put("nowEpoch", now.getEpochSecond());
        cursor.ifPresent(from -> input.set("cursor", from));
        return input;
    }
}
