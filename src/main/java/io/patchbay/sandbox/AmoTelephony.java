package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls, call notes, incoming leads and pop-ups of a simulated amoCRM account. [doc] contracts/crm/amocrm.md §3.1-3.4 */
final class AmoTelephony {

    private final AmoState state;
    private final AmoRecords records;

    AmoTelephony(AmoState state, AmoRecords records) {
        this.state = state;
        this.records = records;
    }

    /** 200 when at least one call was written, else 400; both lists tell which. */
    Reply addCalls(Request request, long user) {
        return state.batch(request, row -> AmoShape.CALL, this::senseOfCall, rows -> {
            var errors = AmoAnswers.JSON.arrayNode();
            var calls = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                var id = AmoRecords.requestId(row, i);
                state.cards
                        .forCall(row.path("phone").asString())
                        .ifPresentOrElse(
                                card -> written(calls, card, row, id, user),
                                () -> errors.addObject()
                                        .put("title", "Entity not found")
                                        .put("status", 400)
                                        .put("detail", "Entity not found")
                                        .put("request_id", id));
            }
            var body = AmoAnswers.JSON.objectNode().put("_total_items", calls.size());
            body.set("errors", errors);
            body.putObject("_embedded").set("calls", calls);
            var reply = AmoAnswers.hal(body);
            return calls.isEmpty() ? new Reply(400, reply.headers(), reply.body()) : reply;
        });
    }

    private Optional<AmoShape.Wrong> senseOfCall(String id, JsonNode row) {
        if (!List.of("inbound", "outbound").contains(row.path("direction").asString())) {
            return AmoState.wrong(id, "direction", "inbound or outbound");
        }
        return senseOfStatus(id, row, "call_status");
    }

    private static Optional<AmoShape.Wrong> senseOfStatus(String id, JsonNode row, String path) {
        var status = row.path("call_status").asInt(4);
        return status >= 1 && status <= 8 ? AmoState.fine() : AmoState.wrong(id, path, "1 to 8");
    }

    private void written(ArrayNode calls, AmoCard card, JsonNode row, String requestId, long user) {
        var params = ((ObjectNode) row.deepCopy())
                .remove(List.of("direction", "created_by", "created_at", "request_id", "responsible_user_id"));
        var note = state.notes.add(
                card,
                row.path("direction").asString().equals("inbound") ? "call_in" : "call_out",
                params,
                author(row, row, user),
                row.path("responsible_user_id").asLong(card.responsible),
                row.path("created_at").asLong(0));
        var answer = calls.addObject()
                .put("id", note.id)
                .put("entity_id", card.id)
                .put("entity_type", card.kind.word())
                .put("account_id", state.account)
                .put("request_id", requestId);
        answer.putObject("_embedded")
                .putObject("entity")
                .put("id", card.id)
                .putObject("_links")
                .putObject("self")
                .put("href", state.link("/api/v4/" + card.kind.plural() + "/" + card.id));
    }

    /** Without a person named the robot is the author, 0. [doc] contracts/crm/amocrm.md §3.1 */
    private static long author(JsonNode params, JsonNode row, long user) {
        if (params.path("call_responsible").isIntegralNumber()) {
            return params.path("call_responsible").asLong();
        }
        return row.path("created_by").asLong(0);
    }

    Reply addNotes(Request request, AmoKind kind, Optional<Long> of) {
        return state.batch(request, AmoTelephony::noteShape, (id, row) -> senseOfNote(kind, of, id, row), rows -> {
            var made = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                var card = state.cards.anyOf(kind, entity(of, row)).orElseThrow();
                var params = row.path("params");
                var note = state.notes.add(
                        card,
                        row.path("note_type").asString(),
                        params,
                        author(params, row, 0),
                        row.path("responsible_user_id").asLong(card.responsible),
                        row.path("created_at").asLong(0));
                made.addObject()
                        .put("id", note.id)
                        .put("entity_id", card.id)
                        .put("request_id", AmoRecords.requestId(row, i));
            }
            return AmoAnswers.hal(AmoAnswers.collection("notes", made));
        });
    }

    private static AmoShape noteShape(JsonNode row) {
        return AmoNotes.CALLS.contains(row.path("note_type").asString("")) ? AmoShape.CALL_NOTE : AmoShape.PLAIN_NOTE;
    }

    private Optional<AmoShape.Wrong> senseOfNote(AmoKind kind, Optional<Long> of, String id, JsonNode row) {
        if (!AmoNotes.isType(row.path("note_type").asString())) {
            return AmoState.wrong(id, "note_type", "No such type.");
        }
        if (state.cards.anyOf(kind, entity(of, row)).isEmpty()) {
            return AmoState.wrong(id, "entity_id", "Entity not found"); // the exact body: not found [inferred]
        }
        return senseOfStatus(id, row.path("params"), "params.call_status");
    }

    private static long entity(Optional<Long> of, JsonNode row) {
        return of.orElseGet(() -> row.path("entity_id").asLong());
    }

    Reply changeNotes(Request request, AmoKind kind) {
        return state.batch(request, row -> AmoShape.NOTE_CHANGE, (id, row) -> senseOfChange(kind, id, row), rows -> {
            var changed = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var note =
                        state.notes.byId(kind, rows.get(i).path("id").asLong()).orElseThrow();
                state.notes.change(note, rows.get(i).path("params"));
                changed.addObject()
                        .put("id", note.id)
                        .put("entity_id", note.card)
                        .put("updated_at", note.updated)
                        .put("request_id", AmoRecords.requestId(rows.get(i), i));
            }
            return AmoAnswers.hal(AmoAnswers.collection("notes", changed));
        });
    }

    private Optional<AmoShape.Wrong> senseOfChange(AmoKind kind, String id, JsonNode row) {
        return state.notes
                .byId(kind, row.path("id").asLong())
                .map(note -> note.type.equals(row.path("note_type").asString())
                        ? AmoState.fine()
                        : AmoState.wrong(id, "note_type", "The type of a note does not change."))
                .orElseGet(() -> AmoState.wrong(id, "id", "No such note."));
    }

    Reply listNotes(Request request, AmoKind kind, Optional<Long> of) {
        state.expect(request, "page|limit|filter\\[(note_type|id|updated_at)].*|order\\[(updated_at|id)]");
        return state.page(
                request,
                "notes",
                state
                        .notes
                        .list(
                                kind,
                                of.orElse(0L),
                                AmoState.filter(request, "note_type"),
                                AmoState.range(request, "updated_at"),
                                request.queryValue("order[updated_at]")
                                        .orElse("asc")
                                        .equals("desc"))
                        .stream()
                        .map(note -> note.json(state.account))
                        .toList());
    }

    Reply getNote(AmoKind kind, long id) {
        return state.notes
                .byId(kind, id)
                .map(note -> AmoAnswers.hal(note.json(state.account)))
                .orElseGet(AmoAnswers::nothing);
    }

    Reply addUnsorted(Request request, long user) {
        return state.batch(request, row -> AmoShape.UNSORTED, this::senseOfUnsorted, rows -> {
            var made = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                unsorted(made, rows.get(i), AmoRecords.requestId(rows.get(i), i), user);
            }
            return AmoAnswers.hal(AmoAnswers.collection("unsorted", made));
        });
    }

    private Optional<AmoShape.Wrong> senseOfUnsorted(String id, JsonNode row) {
        if (!state.unsortedOn) {
            return AmoState.wrong(id, "pipeline_id", "Incoming leads are switched off in this pipeline."); // [inferred]
        }
        if (row.has("pipeline_id") && row.path("pipeline_id").asInt() != AmoState.PIPELINE) {
            return AmoState.wrong(id, "pipeline_id", "No such pipeline.");
        }
        var uniq = row.path("metadata").path("uniq").asString();
        // "two equal ones cannot be there, you get an error" [doc] amocrm.ru unsorted-api; the body of it: not found
        if (state.unsorted.stream().anyMatch(one -> one.uniq().equals(uniq))) {
            return AmoState.wrong(id, "metadata.uniq", "Already added.");
        }
        return records.embedded(id, row);
    }

    private void unsorted(ArrayNode made, ObjectNode row, String requestId, long user) {
        var metadata = row.path("metadata");
        var inside = row.path("_embedded").path("leads");
        var lead = records.hidden(AmoKind.LEAD, inside.isEmpty() ? AmoAnswers.JSON.objectNode() : inside.get(0), user);
        var contact = records.embedded(row, AmoKind.CONTACT, user, true);
        var company = records.embedded(row, AmoKind.COMPANY, user, true);
        contact.ifPresent(card -> state.cards.link(lead, card));
        company.ifPresent(card -> state.cards.link(lead, card));
        var one = new AmoAccount.UnsortedLead(
                UUID.randomUUID().toString().replace("-", ""),
                lead.id,
                contact.map(card -> card.id),
                lead.name,
                contact.map(card -> card.name).orElse(""),
                contact.map(AmoCard::phones).orElse(List.of()),
                metadata.path("uniq").asString(),
                metadata.path("phone").asString(""),
                metadata.path("duration").asInt(),
                Optional.ofNullable(metadata.get("call_responsible")).map(JsonNode::asString),
                Optional.ofNullable(metadata.get("link")).map(JsonNode::asString),
                metadata.path("called_at").asLong());
        state.unsorted.add(one);
        if (metadata.path("is_call_event_needed").asBoolean(false)) {
            var params = AmoAnswers.JSON
                    .objectNode()
                    .put("uniq", one.uniq())
                    .put("duration", one.duration())
                    .put("source", row.path("source_name").asString())
                    .put("phone", one.phone());
            one.link().ifPresent(link -> params.put("link", link));
            // in which card the note stands: not found; the lead's is our guess
            state.notes.add(lead, "call_in", params, author(metadata, row, 0), lead.responsible, one.calledAt());
        }
        var answer = made.addObject()
                .put("uid", one.uid())
                .put("account_id", state.account)
                .put("request_id", requestId);
        var embedded = answer.putObject("_embedded");
        var contacts = embedded.putArray("contacts");
        contact.ifPresent(card -> contacts.addObject().put("id", card.id));
        embedded.putArray("leads").addObject().put("id", lead.id);
        var companies = embedded.putArray("companies");
        company.ifPresent(card -> companies.addObject().put("id", card.id));
    }

    Reply listUnsorted(Request request) {
        state.expect(request, "page|limit|filter\\[(uid|category|pipeline_id)].*|order\\[(created_at|updated_at)]");
        var newestFirst = request.queryValue("order[created_at]").orElse("asc").equals("desc");
        var rows = new ArrayList<ObjectNode>();
        for (var one : newestFirst ? state.unsorted.reversed() : state.unsorted) {
            var row = AmoAnswers.JSON
                    .objectNode()
                    .put("uid", one.uid())
                    .put("category", "sip")
                    .put("pipeline_id", AmoState.PIPELINE)
                    .put("created_at", one.calledAt())
                    .put("account_id", state.account);
            row.putObject("metadata")
                    .put("phone", one.phone())
                    .put("called_at", one.calledAt())
                    .put("duration", one.duration())
                    .put("uniq", one.uniq());
            var embedded = row.putObject("_embedded");
            var contacts = embedded.putArray("contacts");
            one.contact().ifPresent(id -> contacts.addObject().put("id", id));
            embedded.putArray("leads").addObject().put("id", one.lead());
            embedded.putArray("companies");
            rows.add(row);
        }
        return state.page(request, "unsorted", rows);
    }

    /** One notice for each user named; without users everybody gets it, which nobody wants. [doc] §3.4 */
    Reply popUp(Request request) {
        var rows = request.isJson() ? request.json().path("add") : AmoAnswers.JSON.missingNode();
        if (!rows.isArray() || rows.isEmpty()) {
            state.problem(request, "no add");
            return AmoAnswers.problem(400, "Bad Request", "add is missing");
        }
        for (var row : rows) {
            var users = new ArrayList<Long>();
            row.path("users").forEach(user -> users.add(user.asLong()));
            if (!row.path("type").asString("").equals("phone_call")
                    || row.path("phone_number").asString("").isBlank()) {
                state.problem(request, "type or phone_number is missing");
                return AmoAnswers.problem(400, "Bad Request", "type and phone_number are required");
            }
            if (users.isEmpty()) {
                state.problem(request, "users are missing: everybody got the pop-up");
                state.users.values().stream().filter(AmoAccount.User::active).forEach(user -> users.add(user.id()));
            }
            var phone = row.path("phone_number").asString();
            state.popups.add(new AmoAccount.PopUp(
                    phone, List.copyOf(users), state.cards.forPopup(phone).map(card -> card.id)));
        }
        return AmoAnswers.accepted();
    }
}
