package io.patchbay.backfill;

import io.patchbay.call.CallFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.effect.EffectSteps;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        this.operations = operations.with(Urgency.BACKGROUND);
        this.companies = companies;
        this.journal = journal;
        this.effects = effects;
        this.recordings = recordings;
        this.transaction = transaction;
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
        var read = read(connection, from(connection, now), now);
        var whole = true;
        for (var chain : HistoryChains.of(read.rows())) {
            if (chain.complete().plus(properties.quiet()).isBefore(now)) {
                whole &= join(connection, chain.facts());
            }
        }
        // An empty answer may be the PBX's trouble and says nothing. A reading that broke off never comes here
        if (whole && read.listed() > 0) {
            state.write(connection.id(), UNTIL, Long.toString(now.toEpochMilli()));
        }
    }

    /** All pages: a call may lie across two. */
    private Read read(Connection connection, Instant from, Instant to) {
        var plan = new NumberPlan(companies.get(connection.company()).region());
        var rows = new LinkedHashMap<String, HistoryRow>();
        Optional<JsonNode> cursor = Optional.empty();
        var listed = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            var input = JsonNodeFactory.instance
                    .objectNode()
                    .put("from", from.toString())
                    .put("to", to.toString())
                    .put("fromEpoch", from.getEpochSecond())
                    .put("toEpoch", to.getEpochSecond());
            cursor.ifPresent(c -> input.set("cursor", c));
            var answer = operations.run(connection.id(), Operation.LIST_CALLS, input);
            var understood = new ArrayList<HistoryRow>();
            for (var row : answer.path("rows")) {
                listed++;
                understand(row, connection, plan).ifPresent(understood::add);
            }
            var repeated = !understood.isEmpty() && understood.stream().allMatch(row -> rows.containsKey(row.row()));
            understood.forEach(row -> rows.put(row.row(), row));
            var next = answer.path("next");
            if (next.isMissingNode() || next.isNull() || next.asString("").isEmpty()) {
                break;
            }
            if (repeated) { // a PBX that pages for ever
                LOG.warn("backfill.page-repeated connection={} page={}", connection.id(), page);
                break;
            }
            cursor = Optional.of(next);
        }
        return new Read(List.copyOf(rows.values()), listed);
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

    /** One that is no row of a call is put aside, the next go on. */
    private static Optional<HistoryRow> understand(JsonNode row, Connection connection, NumberPlan plan) {
        try {
            return Optional.of(HistoryRow.read(row, connection.id().value(), plan));
        } catch (IllegalArgumentException bad) {
            LOG.warn(
                    "backfill.row-put-aside connection={} row={} why={}",
                    connection.id(),
                    row.path("row").asString("?"),
                    bad.getMessage());
            return Optional.empty();
        }
    }

    /** @return whether it was stored; if not, it is our trouble and will be tried again */
    private boolean join(Connection connection, List<CallFact> facts) {
        try {
            transaction.executeWithoutResult(
                    status -> effects.wake(recordings.want(journal.join(connection.company(), facts))));
            return true;
        } catch (RuntimeException e) {
            LOG.error("backfill.call-not-stored connection={} fault=OURS", connection.id(), e);
            return false;
        }
    }

    /** @param listed rows the PBX gave, those put aside included */
    private record Read(List<HistoryRow> rows, int listed) {}
}
