package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Employees;
import io.patchbay.directory.Lines;
import io.patchbay.directory.ListedEmployee;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads who works at a connected system and which lines a PBX has. An answer that suddenly shrinks is held back by the directory. */
@Component
public class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    /** Pages; at 50 employees a page this is far past any company, and it ends a target that pages for ever. */
    private static final int MOST_PAGES = 500;

    private final Operations operations;
    private final Employees employees;
    private final Lines lines;

    public Roster(Operations operations, Employees employees, Lines lines) {
        this.operations = operations;
        this.employees = employees;
        this.lines = lines;
    }

    /** @return whether the system answered; if not, it is worth asking again soon */
    public boolean read(Connection connection) {
        try {
            var listed = new ArrayList<ListedEmployee>();
            var numbers = new HashSet<String>();
            Optional<JsonNode> cursor = Optional.empty();
            for (int page = 0; page < MOST_PAGES; page++) {
                var input = JsonNodeFactory.instance.objectNode();
                cursor.ifPresent(c -> input.set("cursor", c));
                var answer = operations.run(connection.id(), Operation.LIST_EMPLOYEES, input);
                answer.path("employees").forEach(e -> listed.add(listed(e)));
                answer.path("lines").forEach(l -> numbers.add(l.asString("")));
                var next = answer.path("next");
                if (next.isMissingNode() || next.isNull() || next.asString("").isEmpty()) {
                    break;
                }
                cursor = Optional.of(next);
            }
            employees.merge(connection.company(), connection.id().value(), listed);
            if (!numbers.isEmpty()) {
                lines.replace(connection.id().value(), numbers);
            }
            return true;
        } catch (ConnectorException e) {
            LOG.warn("roster.not-read connection={} fault={}", connection.id(), e.fault());
            return false;
        }
    }

    private static ListedEmployee listed(JsonNode employee) {
        return new ListedEmployee(
                employee.path("id").asString(""),
                employee.path("name").asString(""),
                text(employee.path("email")),
                text(employee.path("extension")),
                employee.path("active").asBoolean(true));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(t -> !t.isBlank());
    }
}
