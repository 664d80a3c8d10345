package io.patchbay.sandbox;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The door of the portal: who asks, whether he may, how often and how long he may, and the shape of every answer. */
final class Bitrix24Rest {

    static final Set<String> ALL_SCOPES = Set.of("telephony", "crm", "user_basic", "task");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double USUAL_WORK = 0.2; // seconds a request costs its method

    private final Clock clock;
    private final ZoneId zone;
    private final Bitrix24OAuth oauth;
    private final Bitrix24Limits limits;
    private final Bitrix24Users users;
    private final Bitrix24Methods methods;
    private final Map<String, Bitrix24Caller> webhooks = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Set<String> applicationScopes = ALL_SCOPES;
    private long applicationUser = Bitrix24Portal.ADMIN;
    private boolean paid = true;

    Bitrix24Rest(Clock clock, ZoneId zone, Bitrix24OAuth oauth, Bitrix24Users users, Bitrix24Methods methods) {
        this.clock = clock;
        this.zone = zone;
        this.oauth = oauth;
        this.limits = new Bitrix24Limits(clock);
        this.users = users;
        this.methods = methods;
    }

    void setPaid(boolean paid) {
        this.paid = paid;
    }

    void grant(Set<String> scopes) {
        applicationScopes = scopes;
    }

    List<String> granted() {
        return applicationScopes.stream().sorted().toList();
    }

    void installedBy(long userId) {
        applicationUser = userId;
    }

    void open(Bitrix24Portal.Webhook webhook, Set<String> scopes) {
        webhooks.put(
                webhook.userId() + "/" + webhook.code(),
                new Bitrix24Caller(Bitrix24Caller.Kind.WEBHOOK, webhook.code(), webhook.userId(), scopes));
    }

    void liftLimits() {
        limits.lift();
    }

    void spendWork(String method, double seconds) {
        limits.work(workKey("application", methods.find(method).name()), seconds);
    }

    int count(String method) {
        return counts.getOrDefault(method, 0);
    }

    Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    SimulatedServer.Reply answer(Request request) {
        var parameters = parameters(request);
        var auth = Bitrix24Parameters.textOf(parameters.path("auth"))
                .or(() -> request.queryValue("auth"))
                .orElse("");
        parameters.remove("auth");
        var segments = request.path().substring("/rest/".length()).split("/");
        var name = segments[segments.length - 1].replaceFirst("\\.json$", "");
        var more = JSON.objectNode();
        try {
            var caller = caller(segments, auth);
            limits.take();
            if (!paid) {
                throw new Bitrix24Refusal(403, "ACCESS_DENIED", "REST API is available only on commercial plans");
            }
            if (name.equalsIgnoreCase("batch")) {
                counted("batch");
                var answer = JSON.objectNode();
                answer.set(
                        "result",
                        new Bitrix24Batch((method, given) -> run(caller, method, given, JSON.objectNode()))
                                .run(Bitrix24Parameters.of(parameters)));
                answer.set("time", time());
                return SimulatedServer.Reply.json(200, answer.toString());
            }
            if (name.equalsIgnoreCase("tasks.task.add")
                    && !Set.of("auth").containsAll(request.query().keySet())) {
                throw Bitrix24Refusal.core("Param #1 (arFields) is not expected<br>");
            }
            return SimulatedServer.Reply.json(
                    200, run(caller, name, parameters, more).toString());
        } catch (Bitrix24Refusal refusal) {
            return refusal.reply(more);
        }
    }

    private static ObjectNode parameters(Request request) {
        var query = Bitrix24Form.nested(request.query());
        if (request.body().length == 0) {
            return query;
        }
        try {
            var body = request.isJson() ? request.json() : Bitrix24Form.nested(request.form());
            return body instanceof ObjectNode object ? object.setAll(query) : query;
        } catch (JacksonException e) {
            throw new Bitrix24Refusal(400, "INVALID_REQUEST", "The request body is no JSON.");
        }
    }

    private Bitrix24Caller caller(String[] segments, String auth) {
        if (segments.length == 3) {
            var caller = webhooks.get(segments[0] + "/" + segments[1]);
            if (caller == null) {
                throw new Bitrix24Refusal(403, "INVALID_CREDENTIALS", "Invalid request credentials");
            }
            return caller;
        }
        if (auth.isEmpty()) {
            throw new Bitrix24Refusal(401, "NO_AUTH_FOUND", "Wrong authorization data");
        }
        oauth.check(auth);
        return new Bitrix24Caller(Bitrix24Caller.Kind.APPLICATION, "application", applicationUser, applicationScopes);
    }

    /** @param more gets what also stands in the body of a refusal */
    private ObjectNode run(Bitrix24Caller caller, String name, ObjectNode parameters, ObjectNode more) {
        counted(name);
        var method = methods.find(name);
        if (method.onlyApplication()) {
            caller.mustBeApplication();
        }
        if (!method.scope().isEmpty() && method.scope().stream().noneMatch(caller.scopes()::contains)) {
            throw new Bitrix24Refusal(
                    403,
                    "insufficient_scope",
                    "The request requires higher privileges than provided by the access token");
        }
        if (method.onlyAdmin() && !users.isAdmin(caller.userId())) {
            throw new Bitrix24Refusal(403, "ACCESS_DENIED", "Access denied!");
        }
        var work = workKey(caller.name(), method.name());
        if (limits.exhausted(work)) {
            more.set("time", time(work));
            throw new Bitrix24Refusal(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");
        }
        var answer = method.body().run(caller, Bitrix24Parameters.of(parameters));
        limits.work(work, USUAL_WORK);
        answer.set("time", time(work));
        return answer;
    }

    private ObjectNode time(String work) {
        return limits.tell(work, time());
    }

    private static String workKey(String caller, String method) {
        return caller + " " + method.toLowerCase(Locale.ROOT);
    }

    private void counted(String method) {
        counts.merge(method, 1, Integer::sum);
    }

    private ObjectNode time() {
        var now = clock.instant();
        var text =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(zone).truncatedTo(ChronoUnit.SECONDS));
        return JSON.objectNode()
                .put("start", now.toEpochMilli() / 1000.0)
                .put("finish", now.toEpochMilli() / 1000.0)
                .put("duration", 0.01)
                .put("processing", 0)
                .put("date_start", text)
                .put("date_finish", text);
    }
}
