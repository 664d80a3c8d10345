package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON:API of a simulated SuiteCRM: nearly every refusal is a 400 [real] contracts/crm/suitecrm.md §5. */
final class SuiteV8 {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern FILTER = Pattern.compile("filter\\[([^]]+)]\\[([^]]+)]");
    private static final Pattern FIELDS = Pattern.compile("fields\\[([^]]+)]");
    private static final Set<String> PLAIN = Set.of("filter[operator]", "page[size]", "page[number]", "sort");

    private final SuiteRecords records;
    private final Set<SuiteModule> closed;

    SuiteV8(SuiteRecords records, Set<SuiteModule> closed) {
        this.records = records;
        this.closed = closed;
    }

    /** A request that cannot be done; its words become the detail. */
    private static final class Refused extends RuntimeException {
        Refused(String detail) {
            super(detail, null, false, false);
        }
    }

    Reply answer(Request request) {
        try {
            return route(request);
        } catch (Refused e) {
            var body = NODES.objectNode();
            body.putObject("errors").put("status", 400).putNull("title").put("detail", e.getMessage());
            return json(400, body);
        }
    }

    private Reply route(Request request) {
        var parts = request.path().substring("/Api/V8/".length()).split("/");
        var what = request.method() + " " + parts[0] + " " + parts.length;
        return switch (what) {
            case "GET current-user 1" -> currentUser();
            case "GET module 2" -> page(request, module(parts[1]));
            case "GET module 3" -> json(200, data(record(module(parts[1]), parts[2]), List.of()));
            case "POST module 1" -> create(body(request));
            case "PATCH module 1" -> change(body(request));
            case "POST module 4" -> link(module(parts[1]), parts[2], body(request));
            default -> Reply.of(404, "text/html", "<html><body>Not found</body></html>");
        };
    }

    private Reply currentUser() {
        var user = records.all(SuiteModule.USERS, r -> r.value("is_admin").equals("1"))
                .getFirst();
        return json(200, data(user, List.of()));
    }

    private SuiteModule module(String name) {
        var module = SuiteModule.of(name).orElseThrow(() -> new Refused("Module " + name + " does not exist"));
        if (closed.contains(module)) {
            throw new Refused("The API user does not have access to this module");
        }
        return module;
    }

    private SuiteRecord record(SuiteModule module, String id) {
        return records.find(module, id)
                .orElseThrow(() -> new Refused(module.plural() + " module with id " + id + " is not found"));
    }

    private static JsonNode body(Request request) {
        try {
            var data = request.json().path("data");
            if (data.isObject()) {
                return data;
            }
        } catch (JacksonException e) {
            throw new Refused("The required option \"data\" is missing.");
        }
        throw new Refused("The required option \"data\" is missing.");
    }

    // ---- reading

    private Reply page(Request request, SuiteModule module) {
        var fields = fields(request, module);
        var found = records.all(module, filter(request, module));
        var sorted = sorted(found, request.queryValue("sort").orElse(""));
        if (request.queryValue("page[size]").isEmpty()) {
            records.problem("a whole table was asked for: " + module.plural());
            return json(200, list(sorted, fields));
        }
        var size = whole(request, "page[size]", 20);
        var from = (whole(request, "page[number]", 1) - 1) * size;
        var slice = sorted.stream().skip(from).limit(size).toList();
        var body = list(slice, fields);
        // past the end, and after an "or", there are no page counts [real]
        if (!slice.isEmpty()
                && !request.queryValue("filter[operator]").orElse("").equals("or")) {
            body.putObject("meta")
                    .put("total-pages", (sorted.size() + size - 1) / size)
                    .put("records-on-this-page", slice.size());
        }
        return json(200, body);
    }

    private static int whole(Request request, String name, int otherwise) {
        return request.queryValue(name)
                .filter(v -> v.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(v -> v > 0)
                .orElse(otherwise);
    }

    private List<String> fields(Request request, SuiteModule module) {
        for (var name : request.query().keySet()) {
            var matcher = FIELDS.matcher(name);
            if (matcher.matches()) {
                if (!matcher.group(1).equals(module.plural())) {
                    throw new Refused("Module " + matcher.group(1) + " is not the one asked for");
                }
                var all = Arrays.asList(request.query().get(name).getFirst().split(","));
                all.stream()
                        .filter(f -> !records.isField(module, f))
                        .findFirst()
                        .ifPresent(f -> {
                            throw new Refused("Property " + f + " in " + module.object() + " module is invalid");
                        });
                return all;
            }
        }
        return List.of();
    }

    private Predicate<SuiteRecord> filter(Request request, SuiteModule module) {
        var either = request.queryValue("filter[operator]").orElse("and").equals("or");
        Optional<Predicate<SuiteRecord>> all = Optional.empty();
        for (var entry : request.query().entrySet()) {
            var matcher = FILTER.matcher(entry.getKey());
            if (matcher.matches()) {
                var one = condition(
                        module,
                        matcher.group(1),
                        matcher.group(2),
                        entry.getValue().getFirst());
                all = Optional.of(
                        all.map(so -> either ? so.or(one) : so.and(one)).orElse(one));
            } else if (!PLAIN.contains(entry.getKey())
                    && !FIELDS.matcher(entry.getKey()).matches()) {
                throw new Refused("The option \"" + entry.getKey() + "\" does not exist.");
            }
        }
        return all.orElse(record -> true);
    }

    private Predicate<SuiteRecord> condition(SuiteModule module, String field, String operator, String value) {
        if (!records.isField(module, field)) {
            throw new Refused("Filter field " + field + " in " + module.object() + " module is not found");
        }
        if (!records.isColumn(module, field)) {
            throw new Refused("Unknown column '" + module.table() + "." + field + "' in 'WHERE'");
        }
        return switch (operator) {
            case "eq" -> record -> raw(record, field).equals(value);
            case "neq" -> record -> !raw(record, field).equals(value);
            case "like" -> record -> SuiteRecords.like(raw(record, field), value);
            case "gt", "gte", "lt", "lte" -> record -> true; // of no use to the hub's connector
            default -> throw new Refused("Filter operator " + operator + " is invalid");
        };
    }

    private String raw(SuiteRecord record, String field) {
        return field.startsWith("date_") || field.equals("id") ? records.shown(record, field) : record.value(field);
    }

    private List<SuiteRecord> sorted(List<SuiteRecord> found, String by) {
        if (by.isEmpty()) {
            return found;
        }
        var field = by.replaceFirst("^-", "");
        Comparator<SuiteRecord> up = Comparator.comparing(r -> records.shown(r, field));
        return found.stream().sorted(by.startsWith("-") ? up.reversed() : up).toList();
    }

    // ---- writing

    private Reply create(JsonNode data) {
        var module = module(data.path("type").asString(""));
        var id = data.path("id").asString("");
        var values = attributes(module, data);
        if (records.find(module, id).isPresent()) {
            throw new Refused("Bean " + module.plural() + " with id " + id + " is already exist");
        }
        if (!id.isEmpty() && records.isTaken(module, id)) {
            throw new Refused("Database failure. Please refer to suitecrm.log for details.");
        }
        return json(201, data(records.create(module, id, values), List.of()));
    }

    private Reply change(JsonNode data) {
        var module = module(data.path("type").asString(""));
        var record = record(module, data.path("id").asString(""));
        records.write(record, attributes(module, data));
        return json(201, data(record, List.of()));
    }

    private Map<String, String> attributes(SuiteModule module, JsonNode data) {
        var all = new LinkedHashMap<String, String>();
        data.path("attributes").properties().forEach(one -> {
            if (!records.isField(module, one.getKey())) {
                throw new Refused("Property " + one.getKey() + " in " + module.object() + " module is invalid");
            }
            all.put(one.getKey(), one.getValue().asString());
        });
        return all;
    }

    private Reply link(SuiteModule module, String id, JsonNode data) {
        var record = record(module, id);
        var other = module(data.path("type").asString(""));
        var linked = record(other, data.path("id").asString(""));
        record.linked.add(linked.id);
        var body = NODES.objectNode();
        body.putObject("meta")
                .put(
                        "message",
                        other.object() + " with id " + linked.id + " has been added to " + module.object() + " with id "
                                + id);
        body.putArray("data");
        return json(201, body);
    }

    // ---- answers

    private ObjectNode list(List<SuiteRecord> found, List<String> fields) {
        var body = NODES.objectNode();
        if (found.isEmpty()) {
            body.putObject("meta").put("message", "Request was successful, but there is no result");
        }
        var data = body.putArray("data");
        found.forEach(record -> data.add(row(record, fields)));
        return body;
    }

    private ObjectNode data(SuiteRecord record, List<String> fields) {
        var body = NODES.objectNode();
        body.set("data", row(record, fields));
        return body;
    }

    private ObjectNode row(SuiteRecord record, List<String> fields) {
        var row = NODES.objectNode().put("type", record.module.object()).put("id", record.id);
        var attributes = row.putObject("attributes");
        for (var field : fields.isEmpty() ? records.fields(record.module) : fields) {
            var shown = records.shown(record, field);
            attributes.put(field, record.module.isTime(field) ? minute(shown) : shown);
        }
        row.putObject("relationships");
        return row;
    }

    /** {@code 2026-11-23 14:16:13} -> {@code 2026-11-23T14:16:00+00:00} [real]. */
    private static String minute(String database) {
        return database.isEmpty() ? "" : database.substring(0, 16).replace(' ', 'T') + ":00+00:00";
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(
                status,
                Map.of("Content-Type", "application/vnd.api+json"),
                JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }
}
