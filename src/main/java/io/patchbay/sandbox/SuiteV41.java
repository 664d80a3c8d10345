package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The legacy interface of a simulated SuiteCRM on PHP 8: every error is a 200, or a 500 without a word [real] contracts/crm/suitecrm.md §11. */
final class SuiteV41 {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SuiteRecords records;
    private final SuiteLogin login;
    private final Set<SuiteModule> closed;

    SuiteV41(SuiteRecords records, SuiteLogin login, Set<SuiteModule> closed) {
        this.records = records;
        this.login = login;
        this.closed = closed;
    }

    Reply answer(Request request) {
        var form = request.form();
        var method = form.getOrDefault("method", List.of("")).getFirst();
        var arguments = arguments(form.getOrDefault("rest_data", List.of("")).getFirst());
        if (!form.getOrDefault("input_type", List.of("")).getFirst().equals("JSON")
                || !form.getOrDefault("response_type", List.of("")).getFirst().equals("JSON")
                || arguments.isEmpty()) {
            // keys become names of arguments on PHP 8, and a list is safest: here nothing else works
            records.problem("rest_data is no list: " + method);
            return Reply.empty(500);
        }
        return switch (method) {
            case "login" -> login(arguments);
            case "get_entry_list" -> opened(arguments, () -> list(arguments));
            case "set_entry" -> opened(arguments, () -> write(arguments));
            case "set_relationship" -> opened(arguments, () -> relate(arguments));
            case "get_module_fields" -> opened(arguments, () -> fields(arguments));
            default -> error("Unknown method", "-1", "The method " + method + " does not exist");
        };
    }

    private static ArrayNode arguments(String restData) {
        try {
            return JSON.readTree(restData) instanceof ArrayNode list ? list : NODES.arrayNode();
        } catch (JacksonException e) {
            return NODES.arrayNode();
        }
    }

    private Reply login(ArrayNode arguments) {
        var session = login.session(arguments.path(0));
        if (session.isEmpty()) {
            return error("Invalid Login", 10, "Login attempt failed please check the username and password");
        }
        var body = NODES.objectNode().put("id", session.get()).put("module_name", "Users");
        body.putObject("name_value_list")
                .putObject("user_name")
                .put("name", "user_name")
                .put("value", arguments.path(0).path("user_name").asString());
        return json(body);
    }

    private interface Work {
        Reply done();
    }

    private Reply opened(ArrayNode arguments, Work work) {
        if (!login.isOpen(arguments.path(0).asString(""))) {
            return error("Invalid Session ID", 11, "The session ID is invalid");
        }
        var module = SuiteModule.of(arguments.path(1).asString(""));
        if (module.isEmpty()) {
            return error("Module Does Not Exist", 20, "This module is not available on this server");
        }
        return closed.contains(module.get()) ? denied() : work.done();
    }

    private static SuiteModule module(ArrayNode arguments) {
        return SuiteModule.of(arguments.path(1).asString("")).orElseThrow();
    }

    private static Reply denied() {
        return error("Access Denied", 40, "You do not have access");
    }

    // session, module, query, order, offset, fields, links, most, deleted
    private Reply list(ArrayNode arguments) {
        var module = module(arguments);
        var query = arguments.path(2).asString("");
        if (arguments.size() != 9) {
            records.problem("get_entry_list with " + arguments.size() + " arguments");
            return Reply.empty(500);
        }
        if (SuiteSql.isForbidden(query)) {
            return denied();
        }
        var where = SuiteSql.where(query, module, records);
        if (where.isEmpty()) {
            records.problem("SQL the database does not take: " + query);
            return Reply.empty(500);
        }
        var found = records.all(module, where.get());
        var offset = arguments.path(4).asInt(0);
        var slice =
                found.stream().skip(offset).limit(arguments.path(7).asInt(20)).toList();
        var body = NODES.objectNode().put("result_count", slice.size());
        body.put("total_count", String.valueOf(found.size())).put("next_offset", offset + slice.size());
        var entries = body.putArray("entry_list");
        slice.forEach(record -> {
            var entry = entries.addObject().put("id", record.id).put("module_name", module.plural());
            var values = entry.putObject("name_value_list");
            arguments.path(5).forEach(field -> {
                if (records.isField(module, field.asString())) {
                    value(values, field.asString(), records.shown(record, field.asString()));
                }
            });
        });
        body.putArray("relationship_list");
        return json(body);
    }

    // session, module, [{name, value}]
    private Reply write(ArrayNode arguments) {
        var module = module(arguments);
        var sent = new LinkedHashMap<String, String>();
        arguments
                .path(2)
                .forEach(pair -> sent.put(
                        pair.path("name").asString(""), pair.path("value").asString("")));
        var own = sent.remove("new_with_id") != null;
        var id = sent.getOrDefault("id", "");
        sent.remove("id");
        if (own && records.isTaken(module, id)) {
            return Reply.empty(500); // the first record stands [real]
        }
        var known = records.find(module, id);
        if (known.isEmpty() && !id.isEmpty() && !own) {
            records.problem("a write that was lost: " + module.plural() + " " + id);
            return echo(id, sent);
        }
        var values = sent.entrySet().stream()
                .filter(e -> isWritable(module, e.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> withoutTags(e.getValue()), (a, b) -> b, LinkedHashMap::new));
        var record = known.orElseGet(() -> records.create(module, id, Map.of()));
        records.write(record, values);
        return echo(record.id, values);
    }

    private boolean isWritable(SuiteModule module, String field) {
        if (!records.isField(module, field)) {
            records.problem(module.plural() + " has no field " + field);
            return false;
        }
        return true;
    }

    private static String withoutTags(String text) {
        return text.replaceAll("<[^>]*>", "");
    }

    private static Reply echo(String id, Map<String, String> values) {
        var body = NODES.objectNode().put("id", id);
        var entries = body.putObject("entry_list");
        values.forEach((name, value) -> value(entries, name, SuiteRecords.escaped(value.replace("&", "&amp;amp;"))));
        return json(body);
    }

    // session, module, id, link, [ids], [], delete
    private Reply relate(ArrayNode arguments) {
        var record = records.find(module(arguments), arguments.path(2).asString(""));
        var other = SuiteModule.of(capital(arguments.path(3).asString("")));
        var created = 0;
        for (var id : arguments.path(4)) {
            if (record.isPresent()
                    && other.isPresent()
                    && records.find(other.get(), id.asString()).isPresent()) {
                record.get().linked.add(id.asString());
                created++;
            }
        }
        return json(NODES.objectNode()
                .put("created", created)
                .put("failed", arguments.path(4).size() - created)
                .put("deleted", 0));
    }

    private static String capital(String link) {
        return link.isEmpty() ? "" : Character.toUpperCase(link.charAt(0)) + link.substring(1);
    }

    private Reply fields(ArrayNode arguments) {
        var module = module(arguments);
        var body = NODES.objectNode().put("module_name", module.plural()).put("table_name", module.table());
        var fields = body.putObject("module_fields");
        arguments.path(2).forEach(name -> {
            if (records.isField(module, name.asString())) {
                fields.putObject(name.asString()).put("name", name.asString());
            }
        });
        body.putArray("link_fields");
        return json(body);
    }

    private static void value(ObjectNode list, String name, String value) {
        list.putObject(name).put("name", name).put("value", value);
    }

    private static Reply error(String name, int number, String description) {
        return json(NODES.objectNode().put("name", name).put("number", number).put("description", description));
    }

    private static Reply error(String name, String number, String description) {
        return json(NODES.objectNode().put("name", name).put("number", number).put("description", description));
    }

    private static Reply json(JsonNode body) {
        return Reply.json(200, body.toString());
    }
}
