package io.patchbay.backfill;

import io.patchbay.call.CallFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.effect.EffectSteps;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What routes/backfill/compare.camel.yaml calls: reads each PBX's history since the last comparison and joins its rows, one at a time. */
@Component
@EnableConfigurationProperties(BackfillProperties.class)
public class BackfillSteps {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillSteps.class);
    private static final String UNTIL = "backfill.until";
    private static final int MOST_PAGES = 10_000;

    private final Connections connections;
    private final ConnectionState state;
    private final Operations operations;
    private final Companies companies;
    private final Journal journal;
    private final EffectSteps effects;
    private final RecordingSteps recordings;
    private final TransactionTemplate transaction;
    private final BackfillProperties properties;
    private final Clock clock;

    public BackfillSteps(
            Connections connections,
            ConnectionState state,
            Operations operations,
            Companies companies,
            Journal journal,
            EffectSteps effects,
            RecordingSteps recordings,
            TransactionTemplate transaction,
            BackfillProperties properties,
            Clock clock) {
        this.connections = connections;
        this.state = state;
        this.operations = operations;
        this.companies = companies;
        this.journal = journal;
        this.effects = effects;
        this.recordings = recordings;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    public void compare() {
        for (var connection : connections.all()) {
            if (connection.enabled() && operations.can(connection.id(), Operation.LIST_CALLS)) {
                try {
                    compare(connection);
                } catch (ConnectorException e) {
                    LOG.warn("backfill.not-read connection={} fault={}", connection.id(), e.fault());
                }
            }
        }
    }

    private void compare(Connection connection) {
        var now = clock.instant();
        var from = from(connection, now);
        Optional<JsonNode> cursor = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            var input = JsonNodeFactory.instance
                    .objectNode()
                    .put("from", from.toString())
                    .put("to", now.toString())
                    .put("fromEpoch", from.getEpochSecond())
                    .put("toEpoch", now.getEpochSecond());
            cursor.ifPresent(c -> input.set("cursor", c));
            var answer = operations.run(connection.id(), Operation.LIST_CALLS, input);
            answer.path("rows").forEach(row -> join(connection, new HistoryRow(row), now));
            var next = answer.path("next");
            if (next.isMissingNode() || next.isNull() || next.asString("").isEmpty()) {
                break;
            }
            cursor = Optional.of(next);
        }
        // only now: a reading that broke off starts again at its beginning
        state.write(connection.id(), UNTIL, Long.toString(now.toEpochMilli()));
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

    private void join(Connection connection, HistoryRow row, Instant now) {
        CallFact fact;
        try {
            if (row.ended().isAfter(now.minus(properties.quiet()))) {
                return;
            }
            fact = row.fact(
                    connection.id().value(),
                    new NumberPlan(companies.get(connection.company()).region()));
        } catch (IllegalArgumentException bad) {
            LOG.warn("backfill.row-put-aside connection={} why={}", connection.id(), bad.getMessage());
            return;
        }
        transaction.executeWithoutResult(
                status -> effects.wake(recordings.want(journal.join(connection.company(), List.of(fact)))));
    }
}
