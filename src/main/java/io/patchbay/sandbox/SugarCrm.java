package io.patchbay.sandbox;

import io.patchbay.sandbox.SugarRecords.Refused;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulated SugarCRM that keeps to contracts/crm/sugarcrm.md. Where the contract says "not found" or "inferred" it takes the reading that is worse for a
 * client. Its messages are in Russian: only the labels are the same everywhere.
 *
 * <p>Set-up and query methods may be called from any thread.
 */
public final class SugarCrm extends SimulatedServer {

    private static final Pattern BASE = Pattern.compile("/rest/v([0-9]{2})(?:_([0-9]{1,2}))?(/.*)");
    private static final int NEWEST = 11;
    private static final int MOST_ROWS = 1000;

    private final Access access = new Access("hub", "sugar-Passw0rd-5z", "patchbay");
    private final Set<SugarModule> closed = EnumSet.noneOf(SugarModule.class);
    private final SugarRecords records;
    private final SugarLogin login;

    public SugarCrm(Clock clock) {
        records = new SugarRecords(clock);
        login = new SugarLogin(clock, access);
        addUser("admin", "Administrator", "");
    }

    /** @param platform the one an administrator has registered for the hub */
    public record Access(String user, String password, String platform) {}

    /** A record as it is stored, with the ids of the records it is linked to. */
    public record Row(String id, Map<String, String> values, Set<String> linked) {
        public String value(String field) {
            return values.getOrDefault(field, "");
        }
    }

    public Access access() {
        return access;
    }

    public synchronized String add(String module, Map<String, String> values) {
        var sent = JsonNodeFactory.instance.objectNode();
        values.forEach(sent::put);
        return records.create(of(module), sent).id;
    }

    public synchronized String addContact(String lastName, String phone) {
        return add("Contacts", Map.of("last_name", lastName, "phone_mobile", phone));
    }

    public synchronized String addUser(String userName, String lastName, String phoneWork) {
        return add(
                "Users",
                Map.of("user_name", userName, "last_name", lastName, "phone_work", phoneWork, "status", "Active"));
    }

    public synchronized void set(String module, String id, String field, String value) {
        records.write(
                records.get(of(module), id),
                JsonNodeFactory.instance.objectNode().put(field, value));
    }

    public synchronized void delete(String module, String id) {
        records.remove(of(module), id);
    }

    public synchronized List<Row> rows(String module) {
        return records.all(of(module), row -> true).stream()
                .map(r -> new Row(r.id, Map.copyOf(r.values), Set.copyOf(r.linked)))
                .toList();
    }

    public synchronized void addField(String module, String name) {
        records.addField(of(module), name);
    }

    /** The role of the hub's user no longer lets it into this module. */
    public synchronized void close(String module) {
        closed.add(of(module));
    }

    public synchronized void forgetAccess() {
        login.forgetAccess();
    }

    /** Somebody logs in as the hub's user on the hub's platform. */
    public synchronized void otherLogin() {
        login.otherLogin();
    }

    public synchronized int passwordLogins() {
        return login.passwords();
    }

    public synchronized int renewals() {
        return login.renewals();
    }

    public synchronized int wrongLogins() {
        return login.wrong();
    }

    private static SugarModule of(String module) {
        return SugarModule.of(module).orElseThrow();
    }

    @Override
    protected Reply answer(Request request) {
        var base = BASE.matcher(request.path());
        if (!base.matches()) {
            return Reply.of(404, "text/html", "<html><body>Not found</body></html>");
        }
        if (Integer.parseInt(base.group(1)) > NEWEST) {
            return error(301, "incorrect_version", "Неверная версия.");
        }
        try {
            var path = base.group(3);
            if (path.equals("/oauth2/token") && request.method().equals("POST")) {
                return login.token(json(request));
            }
            return login.refused(request)
                    .orElseGet(() -> route(request, path.substring(1).split("/")));
        } catch (Refused e) {
            return error(e.status, e.label, String.valueOf(e.getMessage()));
        }
    }

    private Reply route(Request request, String[] parts) {
        if (parts[0].equals("me") && parts.length == 1 && request.method().equals("GET")) {
            var body = JsonNodeFactory.instance.objectNode();
            body.putObject("current_user").put("user_name", access.user()).put("full_name", "Patchbay Hub");
            return Reply.json(200, body.toString());
        }
        var module = SugarModule.of(parts[0]).orElseThrow(() -> new Refused(404, "no_method", "Нет такого метода."));
        if (closed.contains(module)) {
            throw new Refused(403, "not_authorized", "Вы не авторизованы для этого действия.");
        }
        var what = request.method() + " " + parts.length
                + (parts.length > 1 && parts[1].equals("filter") ? " filter" : "");
        return switch (what) {
            case "GET 1" -> page(module, byQuery(request), request);
            case "POST 2 filter" -> page(module, json(request));
            case "POST 1" -> one(records.create(module, json(request)), List.of());
            case "GET 2" ->
                one(
                        records.get(module, parts[1]),
                        fields(module, request.queryValue("fields").orElse("")));
            case "PUT 2" -> {
                var row = records.get(module, parts[1]);
                records.write(row, json(request));
                yield one(row, List.of());
            }
            case "POST 3" -> link(records.get(module, parts[1]), json(request));
            default -> throw new Refused(404, "no_method", "Нет такого метода.");
        };
    }

    private static JsonNode json(Request request) {
        try {
            if (request.isJson() && request.json().isObject()) {
                return request.json();
            }
        } catch (JacksonException e) {
            throw new Refused(422, "invalid_parameter", "Тело запроса не JSON.");
        }
        throw new Refused(422, "missing_parameter", "Нет тела запроса.");
    }

    /** {@code filter[0][status]=Active}. */
    private static ObjectNode byQuery(Request request) {
        var asked = JsonNodeFactory.instance.objectNode();
        var filter = asked.putArray("filter");
        request.query().forEach((name, values) -> {
            if (name.matches("filter\\[0]\\[[a-z_]+]")) {
                filter.addObject().put(name.substring(10, name.length() - 1), values.getFirst());
            } else if (name.equals("max_num") || name.equals("offset")) {
                asked.put(name, Integer.parseInt(values.getFirst()));
            } else {
                asked.put(name, values.getFirst());
            }
        });
        return asked;
    }

    private Reply page(SugarModule module, ObjectNode asked, Request request) {
        return request.query().isEmpty() ? page(module, JsonNodeFactory.instance.objectNode()) : page(module, asked);
    }

    private Reply page(SugarModule module, JsonNode asked) {
        asked.propertyNames().stream()
                .filter(name -> !Set.of("filter", "fields", "max_num", "offset", "order_by")
                        .contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Refused(422, "invalid_parameter", "Неизвестный параметр: " + name);
                });
        var wanted = SugarFilter.of(
                asked.has("filter") ? asked.path("filter") : JsonNodeFactory.instance.arrayNode(), module, records);
        var fields = fields(module, asked.path("fields").asString(""));
        var most = Math.min(asked.path("max_num").asInt(20), MOST_ROWS);
        var offset = asked.path("offset").asInt(0);
        var found = records.all(module, wanted);
        var body = JsonNodeFactory.instance.objectNode();
        body.put("next_offset", offset + most < found.size() ? offset + most : -1);
        var rows = body.putArray("records");
        found.stream().skip(offset).limit(most).forEach(row -> rows.add(records.view(row, fields)));
        return Reply.json(200, body.toString());
    }

    /** A text with commas, not a list [doc] §8. */
    private List<String> fields(SugarModule module, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var all = Arrays.asList(text.split(","));
        all.stream().filter(field -> !records.has(module, field)).findFirst().ifPresent(field -> {
            throw new Refused(422, "invalid_parameter", "Неизвестное поле: " + field);
        });
        return all;
    }

    private Reply one(SugarRecords.Row row, List<String> fields) {
        return Reply.json(200, records.view(row, fields).toString());
    }

    private Reply link(SugarRecords.Row row, JsonNode asked) {
        var link = asked.path("link_name").asString("");
        var other = SugarModule.of(link.isEmpty() ? "" : Character.toUpperCase(link.charAt(0)) + link.substring(1))
                .orElseThrow(() -> new Refused(404, "not_found", "Нет такой связи."));
        var body = JsonNodeFactory.instance.objectNode();
        body.set("record", records.view(row, List.of()));
        var related = body.putArray("related_records");
        for (var id : asked.path("ids")) {
            var linked = records.get(other, id.asString());
            row.linked.add(linked.id);
            related.add(records.view(linked, List.of()));
        }
        return Reply.json(200, body.toString());
    }

    static Reply error(int status, String label, String message) {
        var body = JsonNodeFactory.instance.objectNode().put("error", label).put("error_message", message);
        return Reply.json(status, body.toString());
    }
}
