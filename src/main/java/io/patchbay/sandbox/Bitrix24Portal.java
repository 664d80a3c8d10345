package io.patchbay.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Bitrix24 portal that keeps to contracts/crm/bitrix24.md: both ways to log in, both limits, the index of phones, calls that merge for half an
 * hour, one finish a call, events that are sent once. It differs in one thing: it speaks plain HTTP, being on the loopback address.
 *
 * <p>What no real portal would notice but no client should do (a field of telephony that does not exist, a status that is none) stands in
 * {@link #problems()}; a test ends by finding that list empty.
 */
public final class Bitrix24Portal extends SimulatedServer {

    public static final String CLIENT_ID = Bitrix24OAuth.CLIENT_ID;
    public static final String CLIENT_SECRET = Bitrix24OAuth.CLIENT_SECRET;
    public static final long ADMIN = 1;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int TOKEN_LIFE = 3600; // seconds

    private final Clock clock;
    private final ZoneId zone = ZoneId.of("Europe/Moscow");
    private final Bitrix24OAuth oauth;
    private final Bitrix24Users users = new Bitrix24Users();
    private final Bitrix24Events events;
    private final Bitrix24Crm crm;
    private final Bitrix24Recordings recordings = new Bitrix24Recordings();
    private final Bitrix24Telephony telephony;
    private final Bitrix24Desk desk;
    private final Bitrix24Rest rest;
    private final List<String> problems = new ArrayList<>();
    private final String memberId = Bitrix24OAuth.secret();
    private String applicationToken = Bitrix24OAuth.secret();

    public Bitrix24Portal() {
        this(0, Clock.systemUTC());
    }

    /** @param port 0 for any free one */
    public Bitrix24Portal(int port, Clock clock) {
        super(port);
        this.clock = clock;
        this.oauth = new Bitrix24OAuth(clock);
        this.events = new Bitrix24Events(this::envelope);
        this.crm = new Bitrix24Crm(users, events::fire);
        this.telephony = new Bitrix24Telephony(clock, zone, users, crm, recordings, events::fire, problems::add);
        this.desk = new Bitrix24Desk(crm, users);
        this.rest =
                new Bitrix24Rest(clock, zone, oauth, users, new Bitrix24Methods(users, crm, telephony, desk, events));
        users.add(new Bitrix24Users.User(ADMIN, "Vera", "Orlova", "", "", true, true));
    }

    // ---- what a test or the sandbox looks at

    /** @param kind {@code contact}, {@code lead}, {@code company} or {@code deal} */
    public record Card(String kind, long id) {}

    /**
     * @param externalCallId empty when none was given
     * @param shownTo        ids of the users who see the card now
     * @param everShownTo    ids of all who saw it
     */
    public record Call(
            String callId,
            String externalCallId,
            String phone,
            int type,
            String line,
            Instant startedAt,
            long registeredFor,
            Set<Long> shownTo,
            Set<Long> everShownTo,
            Optional<Card> card,
            Optional<Finish> finish,
            Optional<Sound> recording) {}

    /**
     * How a call ended.
     *
     * @param activity on the card, 0 when the call has no card
     * @param reason   why it failed, in the words of whoever finished it
     */
    public record Finish(long userId, long seconds, String status, long row, long activity, String reason) {}

    public record Sound(String name, int bytes) {}

    public record Activity(long id, Card card, String callId, long userId, String status) {}

    public record Client(
            String kind,
            long id,
            String title,
            List<String> phones,
            long ownerId,
            String originatorId,
            String originId) {}

    public record Comment(long id, String kind, long cardId, String text) {}

    public record Todo(
            long id,
            String kind,
            long cardId,
            String title,
            String description,
            long responsibleId,
            Instant deadline) {}

    /** @param cards as {@code C_7}, {@code L_4} */
    public record Task(
            long id,
            String title,
            String description,
            long responsibleId,
            Optional<Instant> deadline,
            List<String> cards) {}

    /** @param form   the body as sent
     *  @param status what the handler answered, 0 when nobody did */
    public record Delivery(String event, String handler, String form, int status) {
        /** The body as a tree: what stands in brackets are members. */
        public JsonNode tree() {
            return Bitrix24Form.nested(Request.parameters(form));
        }
    }

    public record Webhook(long userId, String code) {}

    public record Tokens(String access, String refresh) {}

    public synchronized List<Call> calls() {
        return telephony.calls();
    }

    public synchronized Optional<Call> call(String callId) {
        return telephony.call(callId);
    }

    /** Ids of the users who see the card of this call now. */
    public synchronized Set<Long> cardsShown(String callId) {
        return telephony.call(callId).map(Call::shownTo).orElse(Set.of());
    }

    public synchronized List<Activity> activities() {
        return telephony.activities();
    }

    public List<Client> contacts() {
        return clients(Bitrix24Item.Type.CONTACT);
    }

    public List<Client> leads() {
        return clients(Bitrix24Item.Type.LEAD);
    }

    public List<Client> companies() {
        return clients(Bitrix24Item.Type.COMPANY);
    }

    public List<Client> deals() {
        return clients(Bitrix24Item.Type.DEAL);
    }

    private synchronized List<Client> clients(Bitrix24Item.Type type) {
        return crm.items(type).stream()
                .map(item -> new Client(
                        type.word(),
                        item.id(),
                        item.title(),
                        item.phones(),
                        item.assignedById(),
                        item.text("originatorId"),
                        item.text("originId")))
                .toList();
    }

    public synchronized List<Comment> comments() {
        return desk.comments();
    }

    public synchronized List<Todo> todos() {
        return desk.todos();
    }

    public synchronized List<Task> tasks() {
        return desk.tasks();
    }

    public synchronized List<String> lines() {
        return telephony.lines();
    }

    /** Events that are bound, in their order, as {@code ONEXTERNALCALLSTART https://hub/hooks/...}. */
    public synchronized List<String> bindings() {
        return events.bindings().stream()
                .map(one -> one.event() + " " + one.handler())
                .toList();
    }

    public List<Delivery> deliveries() {
        return events.deliveries();
    }

    /** How often a method ran so far, alone or inside a batch; refusals count too. */
    public synchronized int count(String method) {
        return rest.count(method);
    }

    public synchronized Map<String, Integer> counts() {
        return rest.counts();
    }

    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** Fields of crm.item.* that the portal dropped without a word, as {@code CONTACT.phone}. */
    public synchronized Set<String> droppedFields() {
        return crm.dropped();
    }

    public synchronized int renewals() {
        return oauth.renewals();
    }

    // ---- addresses and secrets

    /** {@code 127.0.0.1:40123}: what an administrator would call his portal. */
    public String host() {
        return address().getAuthority();
    }

    /** Where methods are called, without a slash at its end. */
    public URI restAddress() {
        return URI.create(address() + "/rest");
    }

    /** Where tokens are renewed, without a slash at its end. */
    public URI oauthServer() {
        return address();
    }

    public String memberId() {
        return memberId;
    }

    public synchronized String applicationToken() {
        return applicationToken;
    }

    // ---- filling the portal

    /** @param extension as a person types it; empty for none */
    public synchronized long employee(long id, String name, String lastName, String extension) {
        users.add(new Bitrix24Users.User(id, name, lastName, extension, "", true, false));
        return id;
    }

    /** An employee with a mobile phone of his own, for which the portal makes no lead. */
    public synchronized long employeeWithMobile(long id, String name, String extension, String mobile) {
        users.add(new Bitrix24Users.User(id, name, "", extension, mobile, true, false));
        return id;
    }

    public synchronized void dismiss(long userId) {
        users.find(userId)
                .ifPresent(user -> users.add(new Bitrix24Users.User(
                        userId, user.name(), user.lastName(), user.extension(), user.mobile(), false, user.admin())));
    }

    public synchronized long contact(String name, String lastName, String phone, long ownerId) {
        var fields =
                JSON.objectNode().put("name", name).put("lastName", lastName).put("assignedById", ownerId);
        return crm.create(Bitrix24Item.Type.CONTACT, Bitrix24Crm.withPhone(fields, phone))
                .id();
    }

    public synchronized long company(String title, String phone, long ownerId) {
        return titled(Bitrix24Item.Type.COMPANY, title, phone, ownerId);
    }

    public synchronized long lead(String title, String phone, long ownerId) {
        return titled(Bitrix24Item.Type.LEAD, title, phone, ownerId);
    }

    private long titled(Bitrix24Item.Type type, String title, String phone, long ownerId) {
        var fields = JSON.objectNode().put("title", title).put("assignedById", ownerId);
        return crm.create(type, Bitrix24Crm.withPhone(fields, phone)).id();
    }

    public synchronized void deleteClient(String kind, long id) {
        Bitrix24Item.Type.named(kind).flatMap(type -> crm.find(type, id)).ifPresent(crm::delete);
    }

    /** A portal on the company's own server: the limits of the cloud do not hold there [doc] contracts/crm/bitrix24.md §5. */
    public synchronized void selfHosted() {
        rest.liftLimits();
    }

    /** The mode without leads: an unknown caller becomes a contact with a deal. */
    public synchronized void withoutLeads() {
        crm.setLeads(false);
    }

    // ---- injuring it

    public synchronized void setPaid(boolean paid) {
        rest.setPaid(paid);
        oauth.setUnpaid(!paid);
    }

    /** What the application may do from now on. */
    public synchronized void grant(String... scopes) {
        rest.grant(Set.of(scopes));
    }

    /** The user who installed the application is no administrator. */
    public synchronized void installedBy(long userId) {
        rest.installedBy(userId);
    }

    /** An application with a page of its own that never finished its installation. */
    public synchronized void setInstalled(boolean installed) {
        events.setInstalled(installed);
    }

    /** The administrator removed the application. */
    public synchronized void uninstall() {
        oauth.revokeAll();
        events.dropBindings();
    }

    /** The hour of every access token is over. */
    public synchronized void expireTokens() {
        oauth.expireAccess();
    }

    /** Work that was done elsewhere for the same application and counts against the limit of this method. */
    public synchronized void spendWork(String method, double seconds) {
        rest.spendWork(method, seconds);
    }

    // ---- what people do in it

    /** Creates an inbound webhook in the name of a user. */
    public synchronized Webhook webhook(long userId, String... scopes) {
        var webhook = new Webhook(userId, Bitrix24OAuth.secret().substring(0, 16));
        rest.open(webhook, scopes.length == 0 ? Bitrix24Rest.ALL_SCOPES : Set.of(scopes));
        return webhook;
    }

    /** The local application is saved: its tokens go to the installation path once; earlier bindings are gone. */
    public synchronized void install(String handler) {
        applicationToken = Bitrix24OAuth.secret();
        events.dropBindings();
        var pair = oauth.issue();
        var data = JSON.objectNode()
                .put("VERSION", "1")
                .put("ACTIVE", "Y")
                .put("INSTALLED", "Y")
                .put("LANGUAGE_ID", "ru");
        var tokens = JSON.objectNode()
                .put("access_token", pair.access())
                .put("refresh_token", pair.refresh())
                .put("expires_in", String.valueOf(TOKEN_LIFE));
        events.fireTo(handler, "ONAPPINSTALL", data, tokens);
    }

    /** A pair of tokens for a test that has no hook. */
    public synchronized Tokens issueTokens() {
        var pair = oauth.issue();
        return new Tokens(pair.access(), pair.refresh());
    }

    /** A user presses the number on a card: the event carries the id of a call that is already there. */
    public synchronized String clickToCall(long userId, String phone) {
        return clickToCall(userId, phone, "");
    }

    public synchronized String clickToCall(long userId, String phone, String line) {
        var call = telephony.ordered(userId, phone, line);
        var card = call.card;
        events.fire(
                "ONEXTERNALCALLSTART",
                JSON.objectNode()
                        .put("PHONE_NUMBER", phone)
                        .put("PHONE_NUMBER_INTERNATIONAL", phone)
                        .put("EXTENSION", "")
                        .put("USER_ID", String.valueOf(userId))
                        .put("CALL_LIST_ID", "0")
                        .put("LINE_NUMBER", line)
                        .put("IS_MOBILE", "0")
                        .put("CALL_ID", call.callId)
                        .put("CRM_ENTITY_TYPE", card == null ? "" : card.type().name())
                        .put("CRM_ENTITY_ID", card == null ? "" : String.valueOf(card.id())));
        return call.callId;
    }

    /** A visitor of the web site asks to be called back. */
    public synchronized void callbackForm(String phone, String text, String line) {
        events.fire(
                "ONEXTERNALCALLBACKSTART",
                JSON.objectNode()
                        .put("PHONE_NUMBER", phone)
                        .put("TEXT", text)
                        .put("VOICE", "")
                        .put("CRM_ENTITY_TYPE", "")
                        .put("CRM_ENTITY_ID", "")
                        .put("LINE_NUMBER", line));
    }

    @Override
    public void close() {
        events.close();
        recordings.close();
        super.close();
    }

    // ---- answering

    @Override
    protected Reply answer(Request request) {
        try {
            if (request.path().equals("/oauth/token/")) {
                return Reply.json(200, oauth.renew(request, aboutPortal()).toString());
            }
            return request.path().startsWith("/rest/")
                    ? rest.answer(request)
                    : Reply.of(404, "text/html", "<h1>404</h1>");
        } catch (Bitrix24Refusal refusal) {
            return refusal.reply(JSON.objectNode());
        }
    }

    /** What both a renewed token and an event tell of the portal. */
    private ObjectNode aboutPortal() {
        return JSON.objectNode()
                .put("client_endpoint", restAddress() + "/")
                .put("server_endpoint", oauthServer() + "/rest/")
                .put("member_id", memberId)
                .put("status", "L")
                .put("scope", String.join(",", rest.granted()))
                .put("domain", oauthServer().getAuthority());
    }

    private ObjectNode envelope() {
        var envelope =
                JSON.objectNode().put("ts", String.valueOf(clock.instant().getEpochSecond()));
        envelope.putObject("auth")
                .setAll(aboutPortal())
                .put("domain", host())
                .put("application_token", applicationToken);
        return envelope;
    }
}
