package io.patchbay.fields;

import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields that a connected system has, where it can list them. Thread-safe. */
@Component
public class FieldTargets {

    private final Connectors connectors;
    private final Operations operations;

    FieldTargets(Connectors connectors, Operations operations) {
        this.connectors = connectors;
        this.operations = operations;
    }

    /**
     * A field of theirs.
     *
     * @param title what people there call it
     * @param type  in their words
     */
    public record TargetField(String name, String title, String type) {}

    /** The operations whose requests take mapped fields in this connection. */
    public Set<Operation> takenBy(Connection connection) {
        return connectors
                .find(connection.connector())
                .map(connector -> connector.fields().stream()
                        .filter(operation -> connector.can(operation, connection.settings()))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** What this connection cannot take of a map; names are compared where the system lists its fields. Not inside a transaction. */
    public List<FieldsJson.Problem> problems(Connection connection, FieldMap map) {
        var problems = new ArrayList<FieldsJson.Problem>();
        var taken = takenBy(connection);
        var known = new HashMap<Operation, Set<String>>();
        taken.stream()
                .filter(map::concerns)
                .forEach(operation -> of(connection, operation)
                        .ifPresent(fields -> known.put(
                                operation,
                                fields.stream().map(TargetField::name).collect(Collectors.toSet()))));
        for (var i = 0; i < map.rows().size(); i++) {
            var row = map.rows().get(i);
            var names = known.get(row.operation());
            if (!taken.contains(row.operation())) {
                problems.add(new FieldsJson.Problem(
                        "fields[" + i + "].operation",
                        "takes no fields in this connection. Those that do: "
                                + taken.stream().map(Operation::word).sorted().toList() + "."));
            } else if (names != null && !names.contains(row.to())) {
                problems.add(new FieldsJson.Problem("fields[" + i + "].to", "is no field of the connected system."));
            }
        }
        return problems;
    }

    /** Empty when the system does not list its fields, or cannot be asked now: then nothing is known of them. Not inside a transaction. */
    public Optional<List<TargetField>> of(Connection connection, Operation operation) {
        if (!operations.can(connection.id(), Operation.LIST_FIELDS)) {
            return Optional.empty();
        }
        try {
            var listed = operations.run(
                    connection.id(),
                    Operation.LIST_FIELDS,
                    JsonNodeFactory.instance.objectNode().put("operation", operation.word()));
            return Optional.of(listed.path("fields")
                            .valueStream()
                            .map(field -> new TargetField(
                                    field.path("name").asString(""),
                                    field.path("title")
                                            .asString(field.path("name").asString("")),
                                    field.path("type").asString("")))
                            .filter(field -> !field.name().isEmpty())
                            .toList())
                    .filter(fields -> !fields.isEmpty());
        } catch (ConnectorException e) {
            return Optional.empty();
        }
    }
}
