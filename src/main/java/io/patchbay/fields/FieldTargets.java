package io.patchbay.fields;

import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
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
