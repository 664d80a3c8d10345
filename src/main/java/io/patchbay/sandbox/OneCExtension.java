package io.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A 1C base with our extension, as contracts/erp/1c.md §3.5 and the extension's own page describe it.
 *
 * <p>Strict: unknown members and wrong values are refused with {@code validation}, an unknown user or client too; every write has a key of the caller's, and
 * the same key is the same object.
 */
public final class OneCExtension extends SimulatedServer {

    public static final String USER = "callhub";
    public static final String PASSWORD = "Пароль-1"; // UTF-8 before base64 [code] §2.1

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String API = "/hs/callhub/v1";
    private static final Pattern ID = Pattern.compile("/(calls|popups|clients)/([^/]+)(/recording|/orders)?");
    private static final Pattern E164 = Pattern.compile("\\+\\d{7,15}");
    private static final Set<String> CLIENT =
            Set.of("externalId", "name", "kind", "phone", "email", "responsibleUserId", "comment");
    private static final Set<String> CALL = Set.of(
            "direction",
            "status",
            "clientPhone",
            "line",
            "startedAt",
            "answeredAt",
            "endedAt",
            "durationSec",
            "userId",
            "extension",
            "clientId",
            "recordingUrl",
            "legs",
            "comment");
    private static final Set<String> TASK =
            Set.of("externalId", "subject", "text", "assigneeUserId", "dueAt", "clientId", "callId");
    private static final Set<String> CARD = Set.of("callId", "phone", "line", "extensions", "clientId", "direction");

    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, ObjectNode> clients = new LinkedHashMap<>();
    private final Map<String, ObjectNode> calls = new LinkedHashMap<>();
    private final Map<String, ObjectNode> tasks = new LinkedHashMap<>();
    private final Map<String, ObjectNode> cards = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> orders = new LinkedHashMap<>();
    private int lastId;
    private boolean open;

    public synchronized String user(String name, String extension) {
        var user =
                NODES.objectNode().put("id", "u-" + ++lastId).put("name", name).put("extension", extension);
        users.put(user.path("id").asString(), user.put("active", true));
        return user.path("id").asString();
    }

    public synchronized void order(String client, String number, double amount) {
        orders.computeIfAbsent(client, ignored -> new ArrayList<>())
                .addFirst(NODES.objectNode()
                        .put("id", "o-" + ++lastId)
                        .put("number", number)
                        .put("amount", amount));
    }

    /** Somebody opens every object, or closes them. */
    public synchronized void lock(boolean opened) {
        open = opened;
    }

    public synchronized List<JsonNode> clients() {
        return List.copyOf(clients.values());
    }

    public synchronized List<JsonNode> calls() {
        return List.copyOf(calls.values());
    }

    public synchronized List<JsonNode> tasks() {
        return List.copyOf(tasks.values());
    }

    /** Who sees a card now, by extension. */
    public synchronized List<String> cards() {
        return cards.values().stream()
                .map(card -> card.at("/extensions/0").asString())
                .toList();
    }

    @Override
    protected Reply answer(Request request) {
        if (!login().equals(request.header("Authorization").orElse(""))) {
            return Reply.empty(401);
        }
        if (!request.path().startsWith(API)
                || request.header("X-Hub-Request-Id").isEmpty()) {
            return Reply.empty(404); // the platform's own: no body of the extension
        }
        try {
            return answered(request, request.path().substring(API.length()));
        } catch (JacksonException e) {
            return Refusal.of(400, "bad_request", "no JSON").reply();
        } catch (Refusal e) {
            return e.reply();
        }
    }

    private static String login() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private Reply answered(Request request, String path) {
        return switch (request.method() + " " + path) {
            case "GET /ping" -> Reply.json(200, """
                {"ok": true, "configuration": "УправлениеНебольшойФирмой", "configurationVersion": "3.0.5.199", "extensionVersion": "1.0.0"}\
                """);
            case "GET /users" -> items(List.copyOf(users.values()));
            case "GET /clients" -> items(found(request));
            case "POST /clients" -> created(clients, client(request.json()));
            case "POST /tasks" -> created(tasks, task(request.json()));
            case "POST /popups" -> shown(request.json());
            default -> one(request, path);
        };
    }

    private Reply one(Request request, String path) {
        var parts = ID.matcher(path);
        if (!parts.matches()) {
            return Reply.empty(404);
        }
        var id = parts.group(2);
        return switch (request.method() + " /" + parts.group(1) + (parts.group(3) == null ? "" : parts.group(3))) {
            case "PUT /calls" -> called(id, request.json());
            case "PUT /calls/recording" -> recorded(id, request.json());
            case "DELETE /popups" -> {
                cards.remove(id);
                yield Reply.empty(204);
            }
            case "GET /clients/orders" -> items(orders.getOrDefault(id, List.of()));
            default -> Reply.empty(405);
        };
    }

    private List<ObjectNode> found(Request request) {
        var phone = request.queryValue("phone").orElse("");
        require(E164.matcher(phone).matches(), "phone");
        return clients.values().stream()
                .filter(client -> client.path("phones")
                        .valueStream()
                        .anyMatch(one -> one.asString().equals(phone)))
                .toList();
    }

    private static ObjectNode client(JsonNode body) {
        known(body, CLIENT);
        require(!body.path("name").asString("").isBlank(), "name");
        require(Set.of("lead", "person", "company").contains(body.path("kind").asString("")), "kind");
        require(E164.matcher(body.path("phone").asString("")).matches(), "phone");
        var client = (ObjectNode) body.deepCopy();
        client.put("type", body.path("kind").asString().equals("lead") ? "lead" : "counterparty");
        client.putArray("phones").add(body.path("phone").asString());
        client.putObject("responsible")
                .put("userId", body.path("responsibleUserId").asString(""));
        return client;
    }

    private ObjectNode task(JsonNode body) {
        known(body, TASK);
        require(!body.path("subject").asString("").isBlank(), "subject");
        require(body.path("subject").asString().length() <= 250, "subject");
        person(body, "assigneeUserId");
        instant(body, "dueAt");
        return (ObjectNode) body.deepCopy();
    }

    /** The same key again: the same object, 200. */
    private Reply created(Map<String, ObjectNode> into, ObjectNode made) {
        var key = made.path("externalId").asString("");
        require(!key.isEmpty(), "externalId");
        var there = into.get(key);
        if (there != null) {
            return Reply.json(200, there.toString());
        }
        person(made, "responsibleUserId");
        free();
        into.put(key, made.put("id", "x-" + ++lastId));
        return Reply.json(201, made.toString());
    }

    private Reply called(String key, JsonNode body) {
        known(body, CALL);
        require(Set.of("in", "out").contains(body.path("direction").asString("")), "direction");
        require(
                Set.of("answered", "missed", "busy", "failed")
                        .contains(body.path("status").asString("")),
                "status");
        require(body.path("startedAt").isString(), "startedAt");
        List.of("startedAt", "answeredAt", "endedAt").forEach(name -> instant(body, name));
        require(body.path("durationSec").isIntegralNumber(), "durationSec");
        require(body.path("legs").isArray(), "legs");
        person(body, "userId");
        free();
        var there = calls.get(key);
        var call = ((ObjectNode) body.deepCopy())
                .put("externalId", key)
                .put("id", there == null ? "d-" + ++lastId : there.path("id").asString());
        calls.put(key, call); // a full replace
        return Reply.json(there == null ? 201 : 200, call.toString());
    }

    private Reply recorded(String key, JsonNode body) {
        known(body, Set.of("recordingUrl"));
        var call = calls.get(key);
        if (call == null) {
            throw Refusal.of(404, "not_found", "Нет звонка " + key);
        }
        free();
        return Reply.json(
                200,
                call.put("recordingUrl", body.path("recordingUrl").asString()).toString());
    }

    private Reply shown(JsonNode body) {
        known(body, CARD);
        require(!body.path("callId").asString("").isEmpty(), "callId");
        require(body.path("extensions").size() > 0, "extensions");
        cards.put(body.path("callId").asString(), (ObjectNode) body.deepCopy());
        return Reply.empty(202);
    }

    private void person(JsonNode body, String member) {
        var id = body.path(member).asString("");
        require(id.isEmpty() || users.containsKey(id), member);
    }

    private static void instant(JsonNode body, String member) {
        var text = body.path(member).asString("");
        try {
            require(text.isEmpty() || OffsetDateTime.parse(text) != null, member);
        } catch (DateTimeException e) {
            throw Refusal.of(422, "validation", member);
        }
    }

    private void free() {
        if (open) {
            throw Refusal.of(423, "locked", "Объект открыт пользователем");
        }
    }

    private static void known(JsonNode body, Set<String> members) {
        body.propertyStream().map(Map.Entry::getKey).forEach(name -> require(members.contains(name), name));
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw Refusal.of(422, "validation", field);
        }
    }

    private static Reply items(List<ObjectNode> rows) {
        var body = NODES.objectNode();
        rows.forEach(body.putArray("items")::add);
        return Reply.json(200, body.toString());
    }

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        private Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        static Refusal of(int status, String code, String message) {
            return new Refusal(status, code, message);
        }

        Reply reply() {
            var body = NODES.objectNode();
            body.putObject("error")
                    .put("code", code)
                    .put("message", getMessage())
                    .put("retryable", status == 423);
            return Reply.json(status, body.toString());
        }
    }
}
