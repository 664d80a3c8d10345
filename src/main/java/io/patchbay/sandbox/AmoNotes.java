package io.patchbay.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The notes in the cards of a simulated amoCRM account; a logged call is a note too. */
final class AmoNotes {

    static final Set<String> CALLS = Set.of("call_in", "call_out");
    private static final Set<String> OTHERS =
            Set.of("common", "service_message", "extended_service_message", "sms_in", "sms_out", "attachment");

    private final Clock clock;
    private final List<Row> all = new ArrayList<>();
    private long last = 1_254_828;

    AmoNotes(Clock clock) {
        this.clock = clock;
    }

    static final class Row {
        final long id;
        final AmoKind kind;
        final long card;
        final String type;
        final long createdBy;
        final long created;
        long responsible;
        long updated;
        ObjectNode params;

        private Row(long id, AmoKind kind, long card, String type, long createdBy, long created, ObjectNode params) {
            this.id = id;
            this.kind = kind;
            this.card = card;
            this.type = type;
            this.createdBy = createdBy;
            this.created = created;
            this.updated = created;
            this.params = params;
        }

        ObjectNode json(long account) {
            var json = AmoAnswers.JSON
                    .objectNode()
                    .put("id", id)
                    .put("entity_id", card)
                    .put("created_by", createdBy)
                    .put("updated_by", createdBy)
                    .put("created_at", created)
                    .put("updated_at", updated)
                    .put("responsible_user_id", responsible)
                    .put("group_id", 0)
                    .put("note_type", type);
            json.set("params", params.deepCopy());
            return json.put("account_id", account);
        }
    }

    static boolean isType(String type) {
        return CALLS.contains(type) || OTHERS.contains(type);
    }

    Row add(AmoCard card, String type, JsonNode params, long createdBy, long responsible, long created) {
        var row = new Row(
                ++last,
                card.kind,
                card.id,
                type,
                createdBy,
                created == 0 ? clock.instant().getEpochSecond() : created,
                (ObjectNode) params.deepCopy());
        row.responsible = responsible;
        row.updated = clock.instant().getEpochSecond();
        all.add(row);
        return row;
    }

    /** Replaces the parameters as a whole: what is not sent again is gone. Our strictness: not told anywhere. */
    void change(Row row, JsonNode params) {
        row.params = (ObjectNode) params.deepCopy();
        row.updated = clock.instant().getEpochSecond();
    }

    Optional<Row> byId(AmoKind kind, long id) {
        return all.stream().filter(row -> row.kind == kind && row.id == id).findFirst();
    }

    List<Row> everything() {
        return List.copyOf(all);
    }

    /**
     * @param card  0 for the notes of every card of the kind
     * @param types empty for every type
     */
    List<Row> list(AmoKind kind, long card, List<String> types, long updatedFrom, boolean newestFirst) {
        var order = Comparator.comparingLong((Row row) -> row.updated).thenComparingLong(row -> row.id);
        return all.stream()
                .filter(row -> row.kind == kind && (card == 0 || row.card == card))
                .filter(row -> types.isEmpty() || types.contains(row.type))
                .filter(row -> row.updated >= updatedFrom)
                .sorted(newestFirst ? order.reversed() : order)
                .toList();
    }
}
