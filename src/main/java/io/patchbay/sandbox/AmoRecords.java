package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v4/contacts}, {@code /companies} and {@code /leads} of a simulated amoCRM account. */
final class AmoRecords {

    private static final String LIST = "page|limit|with|query|(filter|order)\\[.*";

    private final AmoState state;

    AmoRecords(AmoState state) {
        this.state = state;
    }

    Reply list(Request request, AmoKind kind) {
        state.expect(request, LIST);
        var ids = AmoState.filter(request, "id");
        var found = request.queryValue("query")
                .map(text -> state.cards.search(kind, text))
                .orElseGet(() -> state.cards.list(kind));
        return state.page(
                request,
                kind.plural(),
                found.stream()
                        .filter(card -> ids.isEmpty() || ids.contains(String.valueOf(card.id)))
                        .map(card -> json(request, card))
                        .toList());
    }

    Reply get(Request request, AmoKind kind, long id) {
        state.expect(request, "with");
        // a card that is not there is an empty answer, as a list without rows is [inferred]
        return state.cards
                .byId(kind, id)
                .map(card -> AmoAnswers.hal(json(request, card)))
                .orElseGet(AmoAnswers::nothing);
    }

    Reply add(Request request, AmoKind kind, long user) {
        return state.batch(request, row -> shape(kind), (id, row) -> AmoState.fine(), rows -> {
            var made = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var card = create(kind, rows.get(i), user);
                var answer = made.addObject().put("id", card.id).put("request_id", requestId(rows.get(i), i));
                answer.putObject("_links").putObject("self").put("href", self(card));
            }
            return AmoAnswers.hal(collection(kind.plural(), made, request));
        });
    }

    Reply change(Request request, AmoKind kind, long id, long user) {
        var card = state.cards.byId(kind, id);
        if (card.isEmpty()) {
            return AmoAnswers.problem(404, "Not Found", "Entity not found");
        }
        var row = request.json();
        var wrongs = shape(kind).wrongs("0", row, state::isActive);
        if (!wrongs.isEmpty()) {
            return state.refuse(request, wrongs);
        }
        change(card.get(), row, user);
        return AmoAnswers.hal(AmoAnswers.JSON
                .objectNode()
                .put("id", id)
                .put("updated_at", card.get().updated.getEpochSecond()));
    }

    /** Lead, contact and company at once; the answer is a bare array. [doc] contracts/crm/amocrm.md §3.5 */
    Reply complex(Request request, long user) {
        return state.batch(request, row -> AmoShape.LEAD, this::embedded, rows -> {
            var made = AmoAnswers.JSON.arrayNode();
            for (int i = 0; i < rows.size(); i++) {
                var lead = create(AmoKind.LEAD, rows.get(i), user);
                var contact = embedded(rows.get(i), AmoKind.CONTACT, user, false);
                var company = embedded(rows.get(i), AmoKind.COMPANY, user, false);
                contact.ifPresent(card -> state.cards.link(lead, card));
                company.ifPresent(card -> state.cards.link(lead, card));
                var answer = made.addObject().put("id", lead.id);
                contact.ifPresentOrElse(c -> answer.put("contact_id", c.id), () -> answer.putNull("contact_id"));
                company.ifPresentOrElse(c -> answer.put("company_id", c.id), () -> answer.putNull("company_id"));
                answer.putArray("request_id").add(requestId(rows.get(i), i));
                answer.put("merged", false);
            }
            return AmoAnswers.hal(made);
        });
    }

    /** Checks the cards inside a row: at most one contact and one company, each of the right shape. */
    Optional<AmoShape.Wrong> embedded(String id, JsonNode row) {
        for (var kind : List.of(AmoKind.CONTACT, AmoKind.COMPANY)) {
            var inside = row.path("_embedded").path(kind.plural());
            if (inside.size() > 1) {
                return AmoState.wrong(id, "_embedded." + kind.plural(), "At most one.");
            }
            for (var one : inside) {
                var wrongs = AmoShape.CONTACT.wrongs(id, one, state::isActive);
                if (!wrongs.isEmpty()) {
                    return Optional.of(wrongs.getFirst());
                }
            }
        }
        return AmoState.fine();
    }

    Optional<AmoCard> embedded(JsonNode row, AmoKind kind, long user, boolean unsorted) {
        var inside = row.path("_embedded").path(kind.plural());
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        if (inside.get(0).has("id")) {
            return state.cards.byId(kind, inside.get(0).path("id").asLong());
        }
        return Optional.of(unsorted ? hidden(kind, inside.get(0), user) : create(kind, inside.get(0), user));
    }

    /** A card that waits among the incoming leads. */
    AmoCard hidden(AmoKind kind, JsonNode row, long user) {
        var card = state.cards.add(kind, user);
        card.unsorted = true;
        fill(card, row, user);
        return card;
    }

    AmoCard create(AmoKind kind, JsonNode row, long user) {
        var card = state.cards.add(kind, user);
        fill(card, row, user);
        tell("add", card);
        return card;
    }

    void change(AmoCard card, JsonNode row, long user) {
        var before = card.responsible;
        card.take(row, state.clock.instant(), user);
        tell("update", card);
        if (card.responsible != before) {
            tell("responsible", card);
        }
    }

    void delete(AmoCard card, long user) {
        card.deleted = true;
        card.updatedBy = user;
        tell("delete", card);
    }

    private void fill(AmoCard card, JsonNode row, long user) {
        card.status = AmoState.FIRST_STAGE;
        card.pipeline = AmoState.PIPELINE;
        card.take(row, Instant.ofEpochSecond(row.path("created_at").asLong(state.now())), user);
        card.createdBy = row.path("created_by").asLong(user);
        if (card.name.isEmpty()) {
            card.name = card.kind.word() + " #" + card.id;
        }
    }

    /** The body of a hook uses the old names of fields; companies come under contacts. [doc] contracts/crm/amocrm.md §3.8 */
    private void tell(String what, AmoCard card) {
        var form = new LinkedHashMap<String, String>();
        var section = card.kind == AmoKind.LEAD ? "leads" : "contacts";
        var row = section + "[" + what + "][0]";
        form.put(row + "[id]", String.valueOf(card.id));
        if (!what.equals("delete")) {
            form.put(row + "[name]", card.name);
            form.put(row + "[responsible_user_id]", String.valueOf(card.responsible));
            form.put(row + "[old_responsible_user_id]", String.valueOf(card.oldResponsible));
            form.put(row + "[date_create]", String.valueOf(card.created.getEpochSecond()));
            form.put(row + "[last_modified]", String.valueOf(card.updated.getEpochSecond()));
            form.put(row + "[created_user_id]", String.valueOf(card.createdBy));
            form.put(row + "[modified_user_id]", String.valueOf(card.updatedBy));
            form.put(row + "[account_id]", String.valueOf(state.account));
            phones(form, row, card);
            card.leads.forEach(lead -> form.put(row + "[linked_leads_id][" + lead + "][ID]", String.valueOf(lead)));
            form.put(row + "[created_at]", String.valueOf(card.created.getEpochSecond()));
            form.put(row + "[updated_at]", String.valueOf(card.updated.getEpochSecond()));
        }
        if (card.kind != AmoKind.LEAD) {
            form.put(row + "[type]", card.kind.word());
        }
        form.put("account[subdomain]", state.integration.subdomain());
        form.put("account[id]", String.valueOf(state.account));
        form.put("account[_links][self]", state.link(""));
        state.hooks.tell(what + "_" + card.kind.word(), form);
    }

    private static void phones(Map<String, String> form, String row, AmoCard card) {
        var phones = card.phones();
        if (!phones.isEmpty()) {
            var field = row + "[custom_fields][0]";
            form.put(field + "[id]", "3");
            form.put(field + "[name]", "Phone");
            for (int i = 0; i < phones.size(); i++) {
                form.put(field + "[values][" + i + "][value]", phones.get(i));
                form.put(field + "[values][" + i + "][enum]", "4");
            }
            form.put(field + "[code]", "PHONE");
        }
    }

    private ObjectNode json(Request request, AmoCard card) {
        var with = request.queryValue("with").orElse("");
        return card.json(with.contains("leads") || with.contains("contacts"), self(card), state.account);
    }

    private String self(AmoCard card) {
        return state.link("/api/v4/" + card.kind.plural() + "/" + card.id);
    }

    private ObjectNode collection(String name, JsonNode rows, Request request) {
        var body = AmoAnswers.JSON.objectNode();
        body.putObject("_links").putObject("self").put("href", state.link(request.path()));
        body.putObject("_embedded").set(name, rows);
        return body;
    }

    static String requestId(JsonNode row, int index) {
        return row.path("request_id").asString(String.valueOf(index));
    }

    private static AmoShape shape(AmoKind kind) {
        return kind == AmoKind.LEAD ? AmoShape.LEAD : AmoShape.CONTACT;
    }
}
