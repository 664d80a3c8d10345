package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulated amoCRM / Kommo account that keeps to contracts/crm/amocrm.md. Where the contract says "not found" it takes the
 * reading that is worse for a client, and says so where it does.
 *
 * <p>It starts with one administrator, one integration and nothing else. Set-up and query methods may be called from any thread.
 */
public final class AmoAccount extends SimulatedServer {

    /** The administrator that is there from the start; tokens are given in this name. */
    public static final long ADMIN = 504_137;

    private final AmoState state;
    private final AmoLogin login;
    private final AmoLimit limit;
    private final AmoRecords records;
    private final AmoTelephony telephony;
    private final AmoOffice office;
    private boolean paid = true;

    public AmoAccount(Clock clock) {
        this(clock, System::nanoTime, 0);
    }

    /**
     * @param clock tells when codes and tokens run out and when things were made
     * @param nanos the time by which requests per second are counted, as {@link System#nanoTime()}
     * @param port  0 for any free one
     */
    public AmoAccount(Clock clock, LongSupplier nanos, int port) {
        super(port);
        var integration = new Integration(
                "romashka",
                "amocrm.ru",
                "3fa85f64-5717-4562-b3fc-2c963f66afa6",
                "amo-client-secret-0Zl2",
                "https://hub.example.com/oauth/amocrm");
        state = new AmoState(integration, clock);
        login = new AmoLogin(integration, clock);
        limit = new AmoLimit(nanos);
        records = new AmoRecords(state);
        telephony = new AmoTelephony(state, records);
        office = new AmoOffice(state);
        state.users.put(ADMIN, new User(ADMIN, "Integration", "hub@example.com", true, true));
    }

    /** What an administrator copies from the tab "Keys and scopes". */
    public record Integration(
            String subdomain, String zone, String clientId, String clientSecret, String redirectUri) {}

    public record User(long id, String name, String email, boolean admin, boolean active) {}

    /** A note of any type; calls are notes of the types call_in and call_out. Members a type lacks are empty or 0. */
    public record Note(
            long id,
            String entityType,
            long entityId,
            String type,
            String text,
            String uniq,
            String phone,
            int duration,
            int status,
            Optional<String> result,
            Optional<String> link,
            Optional<String> responsible,
            long createdBy,
            long createdAt) {}

    public record Card(long id, String name, List<String> phones, long responsible, List<Long> leads) {}

    public record Lead(long id, String name, int pipeline, int status, long responsible, List<Long> contacts) {}

    /** A call that waits among the incoming leads. */
    public record UnsortedLead(
            String uid,
            long lead,
            Optional<Long> contact,
            String leadName,
            String contactName,
            List<String> phones,
            String uniq,
            String phone,
            int duration,
            Optional<String> responsible,
            Optional<String> link,
            long calledAt) {}

    public record Task(
            long id, String text, int type, long completeTill, String entityType, long entityId, long responsible) {}

    /** @param card whose card was shown, empty for an unknown number */
    public record PopUp(String phone, List<Long> users, Optional<Long> card) {}

    /** One delivery of a webhook. {@code status} 0: no answer within 2 s. */
    public record Push(String destination, String body, int attempt, int status) {}

    public Integration integration() {
        return state.integration;
    }

    public long accountId() {
        return state.account;
    }

    // ---- what people do in the account

    public synchronized long addUser(String name, String email, boolean admin) {
        return addUser(name, email, admin, true);
    }

    public synchronized long addUser(String name, String email, boolean admin, boolean active) {
        var id = 504_140 + state.users.size();
        state.users.put((long) id, new User(id, name, email, admin, active));
        return id;
    }

    /** Switches a user off: nothing may be given to him any more. */
    public synchronized void dismiss(long user) {
        state.users.computeIfPresent(user, (id, u) -> new User(id, u.name(), u.email(), u.admin(), false));
    }

    public synchronized long addContact(String name, String... phones) {
        return records.create(AmoKind.CONTACT, row(name, phones), ADMIN).id;
    }

    public synchronized long addCompany(String name, String... phones) {
        return records.create(AmoKind.COMPANY, row(name, phones), ADMIN).id;
    }

    /** Fills a field that is no phone, e.g. an order number. */
    public synchronized void fill(long contact, String code, String value) {
        var change = AmoAnswers.JSON.objectNode();
        change.putArray("custom_fields_values")
                .addObject()
                .put("field_code", code)
                .putArray("values")
                .addObject()
                .put("value", value);
        records.change(card(contact), change, ADMIN);
    }

    public synchronized void rename(long card, String name, long byUser) {
        records.change(card(card), AmoAnswers.JSON.objectNode().put("name", name), byUser);
    }

    public synchronized void giveTo(long card, long user, long byUser) {
        records.change(card(card), AmoAnswers.JSON.objectNode().put("responsible_user_id", user), byUser);
    }

    public synchronized void delete(long card, long byUser) {
        records.delete(card(card), byUser);
    }

    /** @param status 142 won, 143 lost, else an open stage */
    public synchronized long addLead(String name, long card, int status) {
        var lead = records.create(
                AmoKind.LEAD, AmoAnswers.JSON.objectNode().put("name", name).put("status_id", status), ADMIN);
        state.cards.link(lead, card(card));
        return lead.id;
    }

    /** Somebody takes an incoming lead: its cards move to their sections. */
    public synchronized void accept(UnsortedLead one) {
        card(one.lead()).unsorted = false;
        one.contact().ifPresent(contact -> card(contact).unsorted = false);
        state.unsorted.remove(one);
    }

    /** Somebody throws an incoming lead away, with its cards. */
    public synchronized void decline(UnsortedLead one) {
        card(one.lead()).deleted = true;
        one.contact().ifPresent(contact -> card(contact).deleted = true);
        state.unsorted.remove(one);
    }

    // ---- tokens

    /** A new one-time code; it lives 20 minutes. */
    public synchronized String authorizationCode() {
        return login.code(ADMIN);
    }

    public synchronized String longLivedToken(Duration lives) {
        return login.longLived(ADMIN, lives);
    }

    public synchronized String longLivedToken(long user, Duration lives) {
        return login.longLived(user, lives);
    }

    public synchronized void revokeAll() {
        login.revokeAll();
    }

    /** Access tokens die early; refresh tokens go on working. */
    public synchronized void forgetAccessTokens() {
        login.forgetAccessTokens();
    }

    /** How many times tokens were renewed. */
    public synchronized int renewals() {
        return login.renewals();
    }

    // ---- the account misbehaves

    public synchronized void unpaid(boolean unpaid) {
        paid = !unpaid;
    }

    /** New cards are found by the text search only after this time. [inferred] contracts/crm/amocrm.md §4 */
    public synchronized void indexLag(Duration lag) {
        state.cards.indexLag(lag);
    }

    /** The other reading of "not found": the search sees digits behind blanks and brackets. */
    public synchronized void searchIgnoresForm() {
        state.cards.searchIgnoresForm();
    }

    public synchronized void incomingLeads(boolean on) {
        state.unsortedOn = on;
    }

    /** As after many 429: 403 for every request until {@link #lift()}. */
    public synchronized void shut() {
        limit.shut();
    }

    public synchronized void lift() {
        limit.lift();
    }

    public void disableHook(String destination) {
        state.hooks.disable(destination);
    }

    /** Sends again what was answered badly and is due by the clock. */
    public void retryHooks() {
        state.hooks.retry();
    }

    // ---- what stands in the account

    public synchronized List<Note> notes() {
        return state.notes.everything().stream().map(AmoAccount::note).toList();
    }

    public synchronized List<Note> calls() {
        return notes().stream().filter(n -> AmoNotes.CALLS.contains(n.type())).toList();
    }

    /** Contacts in their section, without those that wait among the incoming leads. */
    public synchronized List<Card> contacts() {
        return state.cards.list(AmoKind.CONTACT).stream().map(AmoAccount::card).toList();
    }

    public synchronized List<Card> companies() {
        return state.cards.list(AmoKind.COMPANY).stream().map(AmoAccount::card).toList();
    }

    public synchronized List<Lead> leads() {
        return state.cards.list(AmoKind.LEAD).stream()
                .map(c -> new Lead(c.id, c.name, c.pipeline, c.status, c.responsible, List.copyOf(c.contacts)))
                .toList();
    }

    public synchronized List<UnsortedLead> unsorted() {
        return List.copyOf(state.unsorted);
    }

    public synchronized List<Task> tasks() {
        return List.copyOf(state.tasks);
    }

    public synchronized List<PopUp> popups() {
        return List.copyOf(state.popups);
    }

    public List<Push> pushes() {
        return state.hooks.pushes();
    }

    /** Requests that a good client does not send, though some of them were answered 2xx. */
    public synchronized List<String> problems() {
        return List.copyOf(state.problems);
    }

    @Override
    public void close() {
        super.close();
        state.hooks.close();
    }

    // ---- the wire

    @Override
    protected Reply answer(Request request) {
        if (request.path().equals("/oauth2/access_token")) {
            return request.method().equals("POST")
                    ? login.token(request)
                    : AmoAnswers.problem(405, "Method Not Allowed", request.method());
        }
        var refused = limit.refuse();
        if (refused.isPresent()) {
            return refused.get();
        }
        var user = login.user(request);
        if (user.isEmpty()) {
            return AmoAnswers.problem(401, "Unauthorized", "Unauthorized");
        }
        if (!paid) {
            return AmoAnswers.problem(402, "Payment Required", "Account is not paid");
        }
        if (request.header("User-Agent").orElse("").isBlank()) {
            state.problem(request, "no User-Agent");
        }
        try {
            return section(request, user.get());
        } catch (JacksonException e) {
            state.problem(request, "the body is no JSON");
            return AmoAnswers.problem(400, "Bad Request", "The body is no JSON");
        }
    }

    private Reply section(Request request, long user) {
        var get = request.method().equals("GET");
        var path = Arrays.asList(request.path().substring(1).split("/"));
        if (request.path().equals("/api/v2/events")) {
            return request.method().equals("POST") ? telephony.popUp(request) : unknown(request);
        }
        if (path.size() < 3 || !request.path().startsWith("/api/v4/")) {
            return unknown(request);
        }
        var rest = path.subList(2, path.size());
        return switch (String.join("/", rest)) {
            case "account" -> office.account(request, user);
            case "users" -> office.users(request, user);
            case "webhooks" -> office.hooks(request, user);
            case "tasks" -> get ? office.listTasks(request) : office.addTasks(request, user);
            case "calls" -> get ? unknown(request) : telephony.addCalls(request, user);
            case "leads/pipelines" -> office.pipelines(request);
            case "leads/complex" -> get ? unknown(request) : records.complex(request, user);
            case "leads/unsorted" -> telephony.listUnsorted(request);
            case "leads/unsorted/sip" -> get ? unknown(request) : telephony.addUnsorted(request, user);
            default ->
                rest.size() == 2
                                && rest.getFirst().equals("users")
                                && rest.get(1).matches("[0-9]+")
                        ? office.user(Long.parseLong(rest.get(1)), user)
                        : cards(request, rest, user);
        };
    }

    private Reply cards(Request request, List<String> path, long user) {
        var kind = AmoKind.ofPlural(path.getFirst());
        if (kind.isEmpty() || !String.join("/", path).matches("[a-z]+(/[0-9]+)?(/notes(/[0-9]+)?)?")) {
            return unknown(request);
        }
        var id = path.size() > 1 && path.get(1).matches("[0-9]+")
                ? Optional.of(Long.valueOf(path.get(1)))
                : Optional.<Long>empty();
        var inNotes = path.contains("notes");
        return switch (request.method() + (inNotes ? " notes" : "") + (id.isPresent() ? " one" : "")) {
            case "GET" -> records.list(request, kind.get());
            case "GET one" -> records.get(request, kind.get(), id.get());
            case "POST" -> records.add(request, kind.get(), user);
            case "PATCH one" -> records.change(request, kind.get(), id.get(), user);
            case "GET notes", "GET notes one" ->
                path.getLast().equals("notes")
                        ? telephony.listNotes(request, kind.get(), id)
                        : telephony.getNote(kind.get(), Long.parseLong(path.getLast()));
            case "POST notes", "POST notes one" -> telephony.addNotes(request, kind.get(), id);
            case "PATCH notes", "PATCH notes one" -> telephony.changeNotes(request, kind.get());
            default -> unknown(request);
        };
    }

    private Reply unknown(Request request) {
        state.problem(request, "no such method");
        return AmoAnswers.problem(404, "Not Found", "No such method");
    }

    private AmoCard card(long id) {
        return Arrays.stream(AmoKind.values())
                .flatMap(kind -> state.cards.everything(kind).stream())
                .filter(card -> card.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no card " + id + "."));
    }

    private static ObjectNode row(String name, String... phones) {
        var row = AmoAnswers.JSON.objectNode().put("name", name);
        if (phones.length > 0) {
            var values = row.putArray("custom_fields_values")
                    .addObject()
                    .put("field_code", "PHONE")
                    .putArray("values");
            for (var phone : phones) {
                values.addObject().put("value", phone).put("enum_code", "WORK");
            }
        }
        return row;
    }

    private static Card card(AmoCard c) {
        return new Card(c.id, c.name, c.phones(), c.responsible, List.copyOf(c.leads));
    }

    private static Note note(AmoNotes.Row n) {
        var p = n.params;
        return new Note(
                n.id,
                n.kind.plural(),
                n.card,
                n.type,
                p.path("text").asString(""),
                p.path("uniq").asString(""),
                p.path("phone").asString(""),
                p.path("duration").asInt(0),
                p.path("call_status").asInt(0),
                Optional.ofNullable(p.get("call_result")).map(v -> v.asString()),
                Optional.ofNullable(p.get("link")).map(v -> v.asString()),
                Optional.ofNullable(p.get("call_responsible")).map(v -> v.asString()),
                n.createdBy,
                n.created);
    }
}
