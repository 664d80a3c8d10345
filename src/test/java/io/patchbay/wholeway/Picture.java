package io.patchbay.wholeway;

import static java.util.Comparator.comparing;

import io.patchbay.call.CallKey;
import io.patchbay.connection.Connections;
import io.patchbay.journal.Journal;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.Bitrix24Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What stands in the hub and in both CRMs now, in the words in which a scenario expects it. */
final class Picture {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NOBODY = "nobody";

    private final Office office;
    private final RunningHub hub;
    private final List<Bitrix24Portal.Call> portalCalls;
    private final List<Bitrix24Portal.Client> portalClients = new ArrayList<>();
    private final List<AmoAccount.Card> amoContacts = new ArrayList<>();

    Picture(Day day) {
        office = day.office;
        hub = day.hub;
        portalCalls = office.portal.calls();
    }

    /** Who sees a card of this telling's calls in Bitrix24. */
    List<String> cardsOf(Telling telling) {
        return people(
                inBitrix24(telling).flatMap(call -> call.shownTo().stream()).map(office::fromBitrix24));
    }

    JsonNode of(Telling telling) {
        var calls = calls(telling);
        var picture = JSON.objectNode();
        var inHub = picture.putArray("calls");
        calls.stream().map(this::call).forEach(inHub::add);
        picture.set("bitrix24", bitrix24(telling));
        picture.set(
                "amocrm",
                amocrm(
                        telling,
                        calls.stream().map(call -> call.path("id").asString()).toList()));
        return picture;
    }

    // ---- the hub, by its REST API

    private List<JsonNode> calls(Telling telling) {
        var journal = hub.bean(Journal.class);
        var pbx = hub.bean(Connections.class).of(RunningHub.COMPANY).stream()
                .filter(one -> one.connector().equals("beeline"))
                .findFirst()
                .orElseThrow()
                .id()
                .value();
        return telling.sessions().stream()
                .flatMap(session -> journal.idOf(new CallKey(pbx, session)).stream())
                .distinct()
                .map(id -> hub.get("/api/v1/calls/" + id))
                .sorted(comparing(Picture::startOf).thenComparing(call -> at(call.path("responsible"))))
                .toList();
    }

    private static Instant startOf(JsonNode call) {
        return OffsetDateTime.parse(call.path("startedAt").asString()).toInstant();
    }

    private ObjectNode call(JsonNode told) {
        var call = JSON.objectNode()
                .put("direction", told.path("direction").asString())
                .put("result", told.path("result").asString())
                .put("client", told.path("clientNumber").asString("hidden"))
                .put("line", told.path("line").asString(NOBODY))
                .put("responsible", told.path("responsible").isNull() ? NOBODY : at(told.path("responsible")))
                .put("waitSeconds", told.path("waitSeconds").asLong())
                .put("talkSeconds", told.path("talkSeconds").asLong());
        if (told.path("endUnknown").asBoolean()) {
            call.put("endUnknown", true);
        }
        put(call, "legs", told.path("legs").valueStream().map(Picture::leg));
        put(
                call,
                "recordings",
                told.path("recordings")
                        .valueStream()
                        .filter(one -> one.path("state").asString().equals("STORED"))
                        .map(one -> at(one.path("employee")) + ": "
                                + one.path("seconds").asLong()));
        var unfinished = told.path("effects")
                .valueStream()
                .filter(one ->
                        !Set.of("DONE", "SKIPPED").contains(one.path("state").asString()))
                .map(one -> connector(one.path("connection").asLong()) + " "
                        + one.path("kind").asString() + " " + one.path("state").asString())
                .toList();
        if (!unfinished.isEmpty()) {
            put(call, "unfinished", unfinished.stream());
        }
        return call;
    }

    private String connector(long connection) {
        return hub.bean(Connections.class).of(RunningHub.COMPANY).stream()
                .filter(one -> one.id().value() == connection)
                .findFirst()
                .orElseThrow()
                .connector();
    }

    private static String leg(JsonNode leg) {
        var from = OffsetDateTime.parse(leg.path("startedAt").asString());
        var end = OffsetDateTime.parse(leg.path("endedAt").asString());
        var answered = leg.path("answeredAt").asString(null);
        var rang = at(leg.path("employee")) + ": rang ";
        if (answered == null) {
            return rang + Duration.between(from, end).toSeconds();
        }
        var spoke = OffsetDateTime.parse(answered);
        return rang + Duration.between(from, spoke).toSeconds() + ", spoke "
                + Duration.between(spoke, end).toSeconds();
    }

    private static String at(JsonNode employee) {
        return Office.at(employee.path("seat").asString());
    }

    // ---- Bitrix24

    private Stream<Bitrix24Portal.Call> inBitrix24(Telling telling) {
        var sessions = telling.sessions();
        return portalCalls.stream()
                .filter(call -> call.externalCallId().isEmpty()
                        ? call.phone().equals(telling.client())
                        : sessions.contains(call.externalCallId()))
                .sorted(comparing(Bitrix24Portal.Call::startedAt)
                        .thenComparing(
                                call -> call.finish()
                                        .map(Bitrix24Portal.Finish::userId)
                                        .orElse(0L),
                                Comparator.reverseOrder()));
    }

    private ObjectNode bitrix24(Telling telling) {
        var portal = office.portal;
        var state = JSON.objectNode();
        var entries = inBitrix24(telling).map(this::entry).toList();
        state.putArray("calls").addAll(entries);
        state.set("cards", JSON.objectNode());
        telling.cards().forEach((at, who) -> put((ObjectNode) state.path("cards"), at, who.stream()));
        put(
                state,
                "seenBy",
                inBitrix24(telling)
                        .flatMap(call -> call.everShownTo().stream())
                        .map(office::fromBitrix24)
                        .distinct());
        put(
                state,
                "clients",
                portalClients().filter(one -> has(one.phones(), telling)).map(Picture::shown));
        var tasks = new ArrayList<ObjectNode>();
        portal.todos().stream()
                .filter(todo -> portalClients()
                        .anyMatch(one -> one.kind().equals(todo.kind())
                                && one.id() == todo.cardId()
                                && has(one.phones(), telling)))
                .forEach(todo -> tasks.add(
                        task(office.fromBitrix24(todo.responsibleId()), portalClient(todo.kind(), todo.cardId()))));
        portal.tasks().stream()
                .filter(task -> task.description().contains(telling.client())
                        || task.title().contains(telling.client()))
                .forEach(task -> tasks.add(task(office.fromBitrix24(task.responsibleId()), NOBODY)));
        sorted(state.putArray("tasks"), tasks);
        return state;
    }

    private ObjectNode entry(Bitrix24Portal.Call call) {
        var end = call.finish();
        return JSON.objectNode()
                .put("type", call.type() == 1 ? "outgoing" : call.type() == 2 ? "incoming" : "type " + call.type())
                .put("person", end.map(one -> office.fromBitrix24(one.userId())).orElse("open"))
                .put("seconds", end.map(Bitrix24Portal.Finish::seconds).orElse(-1L))
                .put("status", end.map(Bitrix24Portal.Finish::status).orElse("open"))
                .put(
                        "client",
                        call.card()
                                .map(card -> portalClient(card.kind(), card.id()))
                                .orElse(NOBODY))
                .put("recording", call.recording().isPresent());
    }

    /** Read once: there are hundreds, and each telling looks through them. */
    private Stream<Bitrix24Portal.Client> portalClients() {
        if (portalClients.isEmpty()) {
            var portal = office.portal;
            Stream.of(portal.contacts(), portal.companies(), portal.leads()).forEach(portalClients::addAll);
        }
        return portalClients.stream();
    }

    private List<AmoAccount.Card> amoContacts() {
        if (amoContacts.isEmpty()) {
            amoContacts.addAll(office.account.contacts());
        }
        return amoContacts;
    }

    private String portalClient(String kind, long id) {
        return portalClients()
                .filter(one -> one.kind().equals(kind) && one.id() == id)
                .map(Picture::shown)
                .findFirst()
                .orElse(NOBODY);
    }

    private static String shown(Bitrix24Portal.Client client) {
        return client.kind() + " " + client.title();
    }

    // ---- amoCRM

    private ObjectNode amocrm(Telling telling, List<String> ids) {
        var account = office.account;
        var state = JSON.objectNode();
        var entries = account.calls().stream()
                .filter(note -> ids.contains(note.uniq()))
                .sorted(comparing(AmoAccount.Note::createdAt)
                        .thenComparing(AmoAccount.Note::createdBy, Comparator.reverseOrder()))
                .map(this::entry)
                .toList();
        state.putArray("calls").addAll(entries);
        put(
                state,
                "cards",
                account.popups().stream()
                        .filter(one -> one.phone().equals(telling.client()))
                        .flatMap(one -> one.users().stream())
                        .map(office::fromAmo));
        put(
                state,
                "clients",
                Stream.concat(
                        amoContacts().stream()
                                .filter(one -> has(one.phones(), telling))
                                .map(one -> "contact " + one.name()),
                        account.companies().stream()
                                .filter(one -> has(one.phones(), telling))
                                .map(one -> "company " + one.name())));
        sorted(
                state.putArray("tasks"),
                account.tasks().stream()
                        .filter(one -> amoContacts().stream()
                                .anyMatch(card -> card.id() == one.entityId() && has(card.phones(), telling)))
                        .map(one ->
                                task(office.fromAmo(one.responsible()), amoClient(one.entityType(), one.entityId())))
                        .toList());
        return state;
    }

    private ObjectNode entry(AmoAccount.Note note) {
        var entry = JSON.objectNode()
                .put("type", note.type())
                .put("person", office.fromAmo(note.createdBy()))
                .put("seconds", note.duration());
        return entry.put("status", note.status())
                .put("client", amoClient(note.entityType(), note.entityId()))
                .put("recording", note.link().isPresent());
    }

    private String amoClient(String type, long id) {
        return switch (type) {
            case "contacts" ->
                amoContacts().stream()
                        .filter(one -> one.id() == id)
                        .map(one -> "contact " + one.name())
                        .findFirst()
                        .orElse(NOBODY);
            case "leads" ->
                office.account.unsorted().stream().anyMatch(one -> one.lead() == id) ? "incoming lead" : "lead";
            default -> type;
        };
    }

    // ---- shared

    private static boolean has(List<String> phones, Telling telling) {
        return phones.stream().anyMatch(phone -> digits(phone).equals(digits(telling.client())));
    }

    private static String digits(String phone) {
        var digits = phone.replaceAll("\\D", "");
        return digits.length() == 11 && digits.startsWith("8") ? "7" + digits.substring(1) : digits;
    }

    private static ObjectNode task(String person, String client) {
        return JSON.objectNode().put("person", person).put("client", client);
    }

    private static void put(ObjectNode into, String name, Stream<String> texts) {
        var list = into.putArray(name);
        texts.sorted().forEach(list::add);
    }

    private static List<String> people(Stream<String> names) {
        return List.copyOf(new TreeSet<>(names.toList()));
    }

    private static void sorted(ArrayNode into, List<ObjectNode> rows) {
        Function<ObjectNode, String> person = row -> row.path("person").asString();
        rows.stream().sorted(comparing(person)).forEach(into::add);
    }
}
