package io.patchbay.backfill;

import io.patchbay.call.NumberPlan;
import io.patchbay.company.Companies;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.Operation;
import io.patchbay.effect.EffectSteps;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a PBX's history, in the background, and joins what it tells to the journal, where a call that is known already stays one. */
@Component
class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int MOST_PAGES = 10_000;

    private final Operations operations;
    private final Companies companies;
    private final Journal journal;
    private final EffectSteps effects;
    private final RecordingSteps recordings;
    private final TransactionTemplate transaction;

    History(
            Operations operations,
            Companies companies,
            Journal journal,
            EffectSteps effects,
            RecordingSteps recordings,
            TransactionTemplate transaction) {
        this.operations = operations.with(Urgency.BACKGROUND);
        this.companies = companies;
        this.journal = journal;
        this.effects = effects;
        this.recordings = recordings;
        this.transaction = transaction;
    }

    /**
     * @param listed   rows the PBX gave, those put aside included
     * @param putAside rows that are none of a call
     */
    record Read(List<HistoryRow> rows, int listed, int putAside) {}

    /** All pages: a call may lie across two. */
    Read read(Connection connection, Instant from, Instant to) {
        var plan = new NumberPlan(companies.get(connection.company()).region());
        var rows = new LinkedHashMap<String, HistoryRow>();
        Optional<JsonNode> cursor = Optional.empty();
        var listed = 0;
        var putAside = 0;
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
            putAside += answer.path("rows").size() - understood.size();
            var repeated = !understood.isEmpty() && understood.stream().allMatch(row -> rows.containsKey(row.row()));
            understood.forEach(row -> rows.put(row.row(), row));
            var next = answer.path("next");
            if (next.isMissingNode() || next.isNull() || next.asString("").isEmpty()) {
                break;
            }
            if (repeated) { // a PBX that pages for ever
                LOG.warn("history.page-repeated connection={} page={}", connection.id(), page);
                break;
            }
            cursor = Optional.of(next);
        }
        return new Read(List.copyOf(rows.values()), listed, putAside);
    }

    /** One that is no row of a call is put aside, the next go on. */
    private static Optional<HistoryRow> understand(JsonNode row, Connection connection, NumberPlan plan) {
        try {
            return Optional.of(HistoryRow.read(row, connection.id().value(), plan));
        } catch (IllegalArgumentException bad) {
            LOG.warn(
                    "history.row-put-aside connection={} row={} why={}",
                    connection.id(),
                    row.path("row").asString("?"),
                    bad.getMessage());
            return Optional.empty();
        }
    }

    /** One call, with whatever else has to know of it, in one transaction. */
    List<Joined> join(Connection connection, HistoryChains.Chain chain) {
        var joined = transaction.execute(status -> {
            var calls = journal.join(connection.company(), chain.facts());
            effects.wake(recordings.want(calls));
            return calls;
        });
        return joined == null ? List.of() : joined;
    }
}
