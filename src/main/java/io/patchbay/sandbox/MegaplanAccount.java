package io.patchbay.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Megaplan account as contracts/crm/megaplan.md describes it: telephony, clients, employees and tasks of API v3.
 *
 * <p>Strict where the contract is: the query is one JSON text without a name, links are {@code {contentType, id}} with the id as text, a member that an entity
 * does not have is refused, a second POST of a call makes a second call.
 */
public final class MegaplanAccount extends SimulatedServer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String API = "/api/v3";
    private static final int PAGE = 100; // rows unless limit says otherwise [doc] §3.3

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "CallInfo",
            Set.of(
                    "fromPhone",
                    "toPhone",
                    "fromUser",
                    "toUser",
                    "providerId",
                    "timeFrom",
                    "timeTo",
                    "type",
                    "state",
                    "recordLinks"),
            "ContractorHuman",
            Set.of("firstName", "lastName", "middleName", "type", "contactInfo", "responsibles"),
            "ContractorCompany",
            Set.of("name", "type", "contactInfo", "responsibles"),
            "Task",
            Set.of("name", "isUrgent", "isTemplate", "responsible", "deadline"));
    private static final Set<String> TYPES = Set.of("unknown", "in", "out", "miss", "fail");
    private static final Set<String> STATES = Set.of("unknown", "calling", "talking", "finished", "hold");

    private final MegaplanLogin login;
    private final List<ObjectNode> employees = new ArrayList<>();
    private final List<ObjectNode> extensions = new ArrayList<>();
    private final List<ObjectNode> contractors = new ArrayList<>();
    private final List<ObjectNode> calls = new ArrayList<>();
    private final List<ObjectNode> tasks = new ArrayList<>();
    private int lastId = 1_000_000;

    public MegaplanAccount(Clock clock) {
        this.login = new MegaplanLogin(clock);
    }

    public MegaplanLogin login() {
        return login;
    }

    public synchronized String employee(String name, String internalNumber) {
        var employee = entity("Employee").put("name", name);
        employees.add(employee);
        if (!internalNumber.isEmpty()) {
            var config = entity("CallUserConfig").put("internalNumber", internalNumber);
            config.set("employee", link(employee));
            extensions.add(config);
        }
        return employee.path("id").asString();
    }

    /** Every call as it stands, the oldest first. */
    public synchronized List<JsonNode> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<JsonNode> contractors() {
        return List.copyOf(contractors);
    }

    public synchronized List<JsonNode> tasks() {
        return List.copyOf(tasks);
    }

    /** Somebody cleans up by hand. */
    public synchronized void forgetCalls() {
        calls.clear();
    }

    @Override
    protected Reply answer(Request request) {
        if (request.path().equals(API + "/auth/access_token")) {
            return login.token(request);
        }
        if (!login.accepts(request.header("Authorization").orElse(""))) {
            return refused(401, "");
        }
        if (!request.path().startsWith(API)) {
            return refused(404, "");
        }
        var path = request.path().substring(API.length());
        try {
            return request.method().equals("POST") ? posted(path, request.json()) : asked(path, query(request));
        } catch (JacksonException e) {
            return refused(422, "query or body is no JSON");
        } catch (MegaplanRefusal e) {
            return refused(e.status(), e.words());
        }
    }

    private static JsonNode query(Request request) {
        if (request.query().isEmpty()) {
            return NODES.objectNode();
        }
        return JSON.readTree(request.queryValue("")
                .orElseThrow(() -> new MegaplanRefusal(422, "the query is one JSON object without a name")));
    }

    private Reply asked(String path, JsonNode query) {
        return switch (path) {
            case "/employee" -> page(employees, query);
            case "/callUserConfig" -> page(extensions, query);
            case "/callInfo" -> page(calls, query);
            case "/callInfo/provider" ->
                newest(query.path("providerId").asString("")).map(this::one).orElseGet(() -> refused(404, ""));
            case "/callRoute" -> route(query.path("phone").asString(""));
            case "/contractor" -> page(searched(query.path("q").asString("")), query);
            case "/contractor/possibleDuplicates" ->
                page(withPhone(query.at("/contactInfo/0/value").asString("")), query);
            default -> refused(404, "");
        };
    }

    private Reply posted(String path, JsonNode body) {
        return switch (path) {
            case "/callInfo" -> one(made("CallInfo", body, calls));
            case "/callInfo/provider" -> changed(body);
            case "/callInfo/history" -> finished(body);
            case "/contractorHuman" -> one(made("ContractorHuman", body, contractors));
            case "/contractorCompany" -> {
                require(body.hasNonNull("name"), "name");
                yield one(made("ContractorCompany", body, contractors));
            }
            case "/task" -> {
                require(body.hasNonNull("name"), "name");
                yield one(made("Task", body, tasks));
            }
            default -> refused(404, "");
        };
    }

    // ---- calls

    private Reply changed(JsonNode body) {
        require(body.hasNonNull("providerId"), "providerId");
        check("CallInfo", body);
        return newest(body.path("providerId").asString())
                .map(call -> one(call.setAll((ObjectNode) body)))
                .orElseGet(() -> refused(404, ""));
    }

    /** Created, or updated by our id; finished in any case. */
    private Reply finished(JsonNode body) {
        require(body.isArray(), "a list");
        var all = NODES.arrayNode();
        body.forEach(row -> {
            check("CallInfo", row);
            var call = newest(row.path("providerId").asString(""))
                    .<ObjectNode>map(known -> known.setAll((ObjectNode) row))
                    .orElseGet(() -> made("CallInfo", row, calls));
            all.add(call.put("state", "finished"));
        });
        return good(all);
    }

    private Optional<ObjectNode> newest(String providerId) {
        return calls.reversed().stream()
                .filter(call -> call.path("providerId").asString("").equals(providerId))
                .findFirst();
    }

    private Reply route(String phone) {
        require(phone.matches("[0-9]+"), "phone in digits");
        var route = NODES.objectNode().put("contentType", "CallRoute");
        var users = withPhone(phone);
        var responsible = users.stream()
                .map(user -> user.at("/responsibles/0"))
                .filter(JsonNode::isObject)
                .findFirst();
        route.put("type", responsible.isPresent() ? "responsible" : "all").put("timeout", 20);
        responsible.ifPresentOrElse(one -> route.putArray("employees").add(one), () -> route.putArray("employees"));
        route.putArray("users").addAll(users);
        return good(route);
    }

    // ---- clients

    private List<ObjectNode> withPhone(String digits) {
        return contractors.stream()
                .filter(contractor -> phones(contractor).anyMatch(phone -> phone.equals(digits)))
                .toList();
    }

    private static Stream<String> phones(JsonNode contractor) {
        return contractor
                .path("contactInfo")
                .valueStream()
                .map(info -> info.path("value").asString(""));
    }

    private List<ObjectNode> searched(String text) {
        return contractors.stream()
                .filter(contractor -> contractor.toString().contains(text))
                .toList();
    }

    // ---- entities

    private ObjectNode made(String type, JsonNode body, List<ObjectNode> into) {
        require(body.path("contentType").asString("").equals(type), "contentType " + type);
        check(type, body);
        var entity = entity(type);
        entity.setAll((ObjectNode) body);
        into.add(entity);
        return entity;
    }

    private static void check(String type, JsonNode body) {
        require(body.isObject(), "an object");
        body.properties().forEach(member -> {
            require(
                    member.getKey().equals("contentType")
                            || MEMBERS.getOrDefault(type, Set.of()).contains(member.getKey()),
                    "no member " + member.getKey());
            links(member.getValue());
        });
        if (type.equals("CallInfo")) {
            require(TYPES.contains(body.path("type").asString("unknown")), "type");
            require(STATES.contains(body.path("state").asString("unknown")), "state");
        }
    }

    /** A link names its type and its id as text [doc] §3. */
    private static void links(JsonNode value) {
        if (value.has("id")) {
            require(value.path("id").isString() && value.hasNonNull("contentType"), "a whole link");
        }
        if (value.isArray()) {
            value.forEach(MegaplanAccount::links);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new MegaplanRefusal(422, "expected: " + what);
        }
    }

    private ObjectNode entity(String type) {
        lastId++;
        return NODES.objectNode().put("contentType", type).put("id", String.valueOf(lastId));
    }

    private static ObjectNode link(JsonNode entity) {
        return NODES.objectNode()
                .put("contentType", entity.path("contentType").asString())
                .put("id", entity.path("id").asString());
    }

    // ---- answers

    private Reply page(List<ObjectNode> rows, JsonNode query) {
        var limit = query.path("limit").asInt(PAGE);
        var after = query.at("/pageAfter/id").asString("");
        var all = NODES.arrayNode();
        rows.stream()
                .filter(row ->
                        after.isEmpty() || row.path("id").asString().compareTo(after) > 0) // ids here are of one length
                .limit(limit)
                .forEach(all::add);
        var body = envelope(200);
        ((ObjectNode) body.path("meta"))
                .putObject("pagination")
                .put("count", rows.size())
                .put("limit", limit);
        body.set("data", all);
        return Reply.json(200, body.toString());
    }

    private Reply one(JsonNode entity) {
        return good(entity);
    }

    private static Reply good(JsonNode data) {
        var body = envelope(200);
        body.set("data", data);
        return Reply.json(200, body.toString());
    }

    private static Reply refused(int status, String message) {
        var body = envelope(status);
        if (!message.isEmpty()) {
            body.withArray("/meta/errors").addObject().put("type", "validation").put("message", message);
        }
        body.putNull("data");
        return Reply.json(status, body.toString());
    }

    private static ObjectNode envelope(int status) {
        var body = NODES.objectNode();
        body.putObject("meta").put("status", status).putArray("errors");
        return body;
    }
}
