package io.patchbay.workshop;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.workshop.ContractCase.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A target that knows only one told case: it takes its requests in their order, exactly as told, and answers as told.
 *
 * <p>It knows the login too: a request must carry it, and after a renewal the new one. What is not as told is answered with 599 and noted.
 */
public final class ToldServer extends SimulatedServer {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MULTIPART = "multipart/form-data";

    // what an HTTP client sends by itself
    private static final Set<String> USUAL = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
            "user-agent");

    private final List<Exchange> exchanges;
    private final Contract.Told told;
    private final List<String> problems = new ArrayList<>();
    private int next;
    private int renewals;
    private String access;
    private String refresh;

    public ToldServer(Contract.Told told) {
        this.told = told;
        this.exchanges = told.its().exchanges();
        this.access = told.tokens().map(ContractFile.Tokens::access).orElse("");
        this.refresh = told.tokens().map(ContractFile.Tokens::refresh).orElse("");
    }

    /** A line for each thing that was not as told. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** The same, also for requests that were told and never came. */
    public synchronized List<String> problemsAtTheEnd() {
        var all = new ArrayList<>(problems);
        for (var missing = next; missing < exchanges.size(); missing++) {
            var request = exchanges.get(missing).request();
            all.add("request " + (missing + 1) + " (" + request.method() + " " + request.path() + ") was never sent");
        }
        return all;
    }

    public synchronized int renewals() {
        return renewals;
    }

    /** From the beginning again, with the login as it is now. */
    public synchronized void again() {
        next = 0;
    }

    @Override
    protected Reply answer(Request request) {
        if (isRenewal(request)) {
            return renewed(told.says().renewal().orElseThrow());
        }
        if (next >= exchanges.size()) {
            return wrong(List.of("request " + (next + 1) + " (" + request.method() + " " + request.path()
                    + ") is one more than was told"));
        }
        var exchange = exchanges.get(next);
        var wrong = differences("request " + (next + 1), exchange.request(), exchange.carriesLogin(), request);
        if (!wrong.isEmpty()) {
            return wrong(wrong);
        }
        next++;
        return exchange.answer().reply();
    }

    /** Whether it asks for a new token, exactly as told. */
    public synchronized boolean isRenewal(Request request) {
        return told.says()
                .renewal()
                .map(renewal ->
                        differences("", renewal.request(), false, request).isEmpty())
                .orElse(false);
    }

    private Reply renewed(Exchange renewal) {
        renewals++;
        var granted = renewal.answer().json();
        if (granted != null) {
            access = granted.path("access_token").asString(access);
            refresh = granted.path("refresh_token").asString(refresh);
        }
        return renewal.answer().reply();
    }

    private Reply wrong(List<String> differences) {
        problems.addAll(differences);
        return Reply.of(599, "text/plain; charset=utf-8", String.join("\n", differences));
    }

    private List<String> differences(String where, ToldRequest wanted, boolean signed, Request came) {
        var login = signed ? told.signed() : ContractFile.Signed.NOTHING;
        var all = new ArrayList<String>();
        differ(all, where + " method", wanted.method().toUpperCase(Locale.ROOT), came.method());
        differ(all, where + " path", filled(login.path() + wanted.path()), came.path());
        all.addAll(Likeness.differences(
                where + " query", fields(both(wanted.query(), login.query())), fields(came.query())));
        all.addAll(headers(where + " header ", wanted, login, came));
        all.addAll(body(where + " body", wanted, login.body(), came));
        return all;
    }

    private static void differ(List<String> all, String where, String wanted, String came) {
        all.addAll(Likeness.differences(where, JSON.stringNode(wanted), JSON.stringNode(came)));
    }

    private List<String> headers(String where, ToldRequest wanted, ContractFile.Signed login, Request came) {
        var told = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        told.putAll(login.headers());
        told.putAll(wanted.headers());
        var all = new ArrayList<String>();
        told.forEach((name, value) ->
                differ(all, where + name, filled(value), came.header(name).orElse("")));
        came.headers().keySet().stream()
                .filter(name -> !told.containsKey(name) && !USUAL.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> all.add(where + name + ": was not told"));
        return all;
    }

    private List<String> body(String where, ToldRequest wanted, Map<String, JsonNode> login, Request came) {
        var type = came.header("Content-Type").orElse("");
        if (wanted.file() != null) {
            return type.startsWith(MULTIPART)
                    ? multipart(where, wanted, wanted.file(), login, came)
                    : List.of(where + ": told a file in a multipart form, came " + shown(type));
        }
        if (wanted.json() != null) {
            return type.matches("application/([a-z.-]+\\+)?json.*") // also application/vnd.api+json
                    ? Likeness.differences(where, signed(wanted.json(), login), json(came))
                    : List.of(where + ": told JSON, came " + shown(type));
        }
        if (wanted.text() != null) {
            return Likeness.differences(where, JSON.stringNode(filled(wanted.text())), JSON.stringNode(came.text()));
        }
        if (wanted.form() != null || !login.isEmpty()) {
            var form = wanted.form() == null ? Map.<String, JsonNode>of() : wanted.form();
            if (wanted.headers().getOrDefault("Content-Type", "").contains(MULTIPART) && type.startsWith(MULTIPART)) {
                return Likeness.differences(where, fields(both(form, login)), MultipartForm.read(came, false));
            }
            return type.startsWith("application/x-www-form-urlencoded")
                    ? Likeness.differences(where, fields(both(form, login)), fields(came.form()))
                    : List.of(where + ": told a form, came " + shown(type));
        }
        return came.body().length == 0 ? List.of() : List.of(where + ": told none, came " + came.text());
    }

    private static String shown(String contentType) {
        return contentType.isEmpty() ? "no body" : contentType;
    }

    private List<String> multipart(
            String where, ToldRequest wanted, JsonNode file, Map<String, JsonNode> login, Request came) {
        var form = wanted.form() == null ? Map.<String, JsonNode>of() : wanted.form();
        var told = fields(both(form, login));
        var part = JSON.objectNode();
        file.properties().stream()
                .filter(one -> !one.getKey().equals("field"))
                .forEach(one -> part.set(one.getKey(), one.getValue()));
        told.set(file.path("field").asString("file"), part);
        return Likeness.differences(where, told, MultipartForm.read(came, file.has("base64")));
    }

    private static JsonNode json(Request came) {
        try {
            return came.json();
        } catch (JacksonException e) {
            return JSON.stringNode(came.text());
        }
    }

    private JsonNode signed(JsonNode json, Map<String, JsonNode> login) {
        if (login.isEmpty() || !json.isObject()) {
            return filled(json);
        }
        var all = (ObjectNode) json.deepCopy();
        login.forEach(all::set);
        return filled(all);
    }

    private Map<String, JsonNode> both(Map<String, JsonNode> one, Map<String, JsonNode> other) {
        var all = new LinkedHashMap<>(one);
        all.putAll(other);
        return all;
    }

    /** Told parameters in the form in which they arrive: {@code name[member]}, a list only where a name comes several times. */
    private ObjectNode fields(Map<String, ?> parameters) {
        var all = JSON.objectNode();
        parameters.forEach((name, value) -> {
            if (value instanceof JsonNode node) {
                flatten(all, name, filled(node));
            } else if (value instanceof List<?> several) {
                several.forEach(one -> add(all, name, JSON.stringNode(String.valueOf(one))));
            }
        });
        return all;
    }

    private static void flatten(ObjectNode all, String name, JsonNode value) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> {}
            case ARRAY -> value.forEach(one -> flatten(all, name, one));
            case OBJECT ->
                value.properties().forEach(one -> flatten(all, name + "[" + one.getKey() + "]", one.getValue()));
            default -> add(all, name, JSON.stringNode(value.asString()));
        }
    }

    private static void add(ObjectNode all, String name, JsonNode value) {
        switch (all.get(name)) {
            case null -> all.set(name, value);
            case tools.jackson.databind.node.ArrayNode several -> several.add(value);
            case JsonNode first -> all.putArray(name).add(first).add(value);
        }
    }

    private String filled(String text) {
        return text.replace("{access}", access)
                .replace("{refresh}", refresh)
                .replace("{target}", address().toString());
    }

    private JsonNode filled(JsonNode node) {
        return switch (node) {
            case StringNode text -> JSON.stringNode(filled(text.asString()));
            case ObjectNode object -> {
                var all = JSON.objectNode();
                object.properties().forEach(one -> all.set(one.getKey(), filled(one.getValue())));
                yield all;
            }
            case tools.jackson.databind.node.ArrayNode list -> {
                var all = JSON.arrayNode();
                list.forEach(one -> all.add(filled(one)));
                yield all;
            }
            default -> node;
        };
    }
}
