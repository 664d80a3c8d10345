package io.patchbay.effect;

import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.fields.FieldMaps;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the fields that an administrator mapped. A mapping never keeps a call out of the target: a row that fails is left out, and when the target refuses the work with
 * them, it is asked once more without; what went wrong stands beside the done effect.
 */
record MappedTarget(Target target, FieldMaps maps) implements Target {

    @Override
    public JsonNode run(long connection, Operation operation, JsonNode input) {
        var map = maps.of(connection);
        if (!map.concerns(operation) || !(input instanceof ObjectNode object)) {
            return target.run(connection, operation, input);
        }
        var applied = map.apply(operation, input);
        var warnings = new ArrayList<>(applied.failures().stream()
                .map(failure -> "The field " + failure.to() + " was left out: " + failure.why())
                .toList());
        if (applied.values().isEmpty()) {
            return warned(target.run(connection, operation, input), warnings);
        }
        var whole = object.deepCopy();
        whole.set("fields", applied.values());
        try {
            return warned(target.run(connection, operation, whole), warnings);
        } catch (ConnectorException e) {
            if (e.fault() != Fault.REFUSED) {
                throw e;
            }
            warnings.add("All mapped fields were left out, because with them it was refused: " + e.getMessage());
            return warned(target.run(connection, operation, input), warnings);
        }
    }

    private static JsonNode warned(JsonNode output, List<String> warnings) {
        if (warnings.isEmpty() || !(output instanceof ObjectNode object)) {
            return output;
        }
        var own = object.path("warning").asString("");
        var all = own.isEmpty() ? warnings : new ArrayList<>(List.of(own));
        if (!own.isEmpty()) {
            all.addAll(warnings);
        }
        return object.deepCopy().put("warning", String.join(" ", all));
    }

    @Override
    public Target with(Urgency urgency) {
        return new MappedTarget(target.with(urgency), maps);
    }
}
