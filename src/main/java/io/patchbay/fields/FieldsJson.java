package io.patchbay.fields;

import io.patchbay.connector.Mapping;
import io.patchbay.connector.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Field maps as they are stored and as programs write them: docs/fields.md. Reading tells all that is wrong at once. */
public final class FieldsJson {

    private static final int MOST_ROWS = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 4000;
    private static final Set<String> MEMBERS = Set.of("operation", "to", "value", "from", "expression");

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private FieldsJson() {}

    /** @param field where, e.g. {@code fields[0].to} */
    public record Problem(String field, String message) {}

    /** @param map only what was right when there are problems */
    public record Read(FieldMap map, List<Problem> problems) {}

    public static Read read(JsonNode json) {
        var reading = new FieldsJson();
        var rows = new ArrayList<FieldRow>();
        var given = json.path("fields");
        if (!given.isArray()) {
            reading.problem("fields", "must be a list.");
        } else if (given.size() > MOST_ROWS) {
            reading.problem("fields", "must not be more than " + MOST_ROWS + ".");
        }
        for (var i = 0; i < Math.min(given.size(), MOST_ROWS); i++) {
            reading.row(given.get(i), "fields[" + i + "]").ifPresent(rows::add);
        }
        return new Read(new FieldMap(rows), List.copyOf(reading.problems));
    }

    public static ObjectNode write(FieldMap map) {
        var json = JsonNodeFactory.instance.objectNode();
        var rows = json.putArray("fields");
        map.rows().forEach(row -> {
            var one = rows.addObject().put("operation", row.operation().word()).put("to", row.to());
            switch (row.source()) {
                case FieldRow.Constant constant -> one.set("value", constant.value());
                case FieldRow.Ours ours -> one.put("from", ours.path());
                case FieldRow.Expression expression -> one.put("expression", expression.text());
            }
        });
        return json;
    }

    private Optional<FieldRow> row(JsonNode json, String at) {
        var before = problems.size();
        if (!json.isObject()) {
            problem(at, "must be an object.");
            return Optional.empty();
        }
        json.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> problem(at + "." + name, "is unknown here."));
        var operation = Operation.ofWord(json.path("operation").asString(""));
        if (operation.isEmpty()) {
            problem(at + ".operation", "must be an operation, such as create-client or log-call.");
        }
        var to = json.path("to").asString("").strip();
        if (to.isEmpty() || to.length() > LONGEST_NAME) {
            problem(at + ".to", "must be the name of a field in the connected system.");
        } else if (!seen.add(json.path("operation").asString("") + " " + to)) {
            problem(at + ".to", "is filled twice.");
        }
        var source = source(json, at);
        return problems.size() > before || source.isEmpty()
                ? Optional.empty()
                : Optional.of(new FieldRow(operation.orElseThrow(), to, source.get()));
    }

    private Optional<FieldRow.Source> source(JsonNode json, String at) {
        if (Stream.of("value", "from", "expression").filter(json::has).count() != 1) {
            problem(at, "must have one of value (a constant), from (a field of ours) and expression (JSLT).");
            return Optional.empty();
        }
        if (json.has("value")) {
            if (json.get("value").toString().length() > LONGEST_TEXT) {
                problem(at + ".value", "must have at most " + LONGEST_TEXT + " characters.");
            }
            return Optional.of(new FieldRow.Constant(json.get("value")));
        }
        if (json.has("from")) {
            var path = json.path("from").asString("");
            if (!path.matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*")) {
                problem(at + ".from", "must be a field of ours, such as call.line.");
            }
            return Optional.of(new FieldRow.Ours(path));
        }
        return expression(json.path("expression").asString(""), at + ".expression");
    }

    private Optional<FieldRow.Source> expression(String text, String at) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            problem(at, "must be a JSLT expression of at most " + LONGEST_TEXT + " characters.");
            return Optional.empty();
        }
        try {
            return Optional.of(new FieldRow.Expression(text, Mapping.expression(text)));
        } catch (IllegalArgumentException e) {
            problem(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void problem(String field, String message) {
        problems.add(new Problem(field, message));
    }
}
