package io.patchbay.fields;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** All the fields of one connection. Immutable. */
public record FieldMap(List<FieldRow> rows) {

    public static final FieldMap EMPTY = new FieldMap(List.of());

    public FieldMap {
        rows = List.copyOf(rows);
    }

    /**
     * What came of it for one input.
     *
     * @param values   by their names; what has no value is missing
     * @param failures rows that could not cope with this input: they are left out, the others go on
     */
    public record Applied(ObjectNode values, List<Failure> failures) {}

    public record Failure(String to, String why) {}

    public boolean concerns(Operation operation) {
        return rows.stream().anyMatch(row -> row.operation() == operation);
    }

    public Applied apply(Operation operation, JsonNode input) {
        var values = JsonNodeFactory.instance.objectNode();
        var failures = new ArrayList<Failure>();
        for (var row : rows) {
            if (row.operation() == operation) {
                try {
                    var value = value(row.source(), input);
                    if (!value.isMissingNode() && !value.isNull()) {
                        values.set(row.to(), value);
                    }
                } catch (ConnectorException e) {
                    failures.add(new Failure(row.to(), String.valueOf(e.getMessage())));
                } catch (StackOverflowError e) {
                    // a function that calls itself for ever takes its own field with it, never the call
                    failures.add(new Failure(row.to(), "The expression never comes to an end."));
                }
            }
        }
        return new Applied(values, List.copyOf(failures));
    }

    private static JsonNode value(FieldRow.Source source, JsonNode input) {
        return switch (source) {
            case FieldRow.Constant constant -> constant.value();
            case FieldRow.Ours ours -> at(input, ours.path());
            case FieldRow.Expression expression -> expression.compiled().apply(input);
        };
    }

    private static JsonNode at(JsonNode input, String path) {
        JsonNode found = input;
        for (var step : path.split("\\.")) {
            found = step.matches("\\d{1,6}") ? found.path(Integer.parseInt(step)) : found.path(step);
        }
        return found.isMissingNode() ? MissingNode.getInstance() : found;
    }
}
