package io.patchbay.upkeep;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Employees;
import io.patchbay.directory.Lines;
import io.patchbay.directory.ListedEmployee;
import io.patchbay.directory.MergeReport;
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

    /** Name in the connection's state: people before and now, e.g. {@code 40/3}. */
    private static final String HELD = "roster.held";

    private final ConnectionState state;
    private final Operations operations;
    private final Employees employees;
    private final Lines lines;

    public Roster(ConnectionState state, Operations operations, Employees employees, Lines lines) {
        this.state = state;
        this.operations = operations.with(Urgency.BACKGROUND);
        this.employees = employees;
        this.lines = lines;
    }

    /** What came of a reading. */
    public sealed interface Reading {}

    /** The system answered; the report tells whether its list was taken. */
    public record Answered(MergeReport report) implements Reading {}

    /** It did not answer; it is worth asking again soon. */
    public record Refused(ConnectorException why) implements Reading {}

    public Reading read(Connection connection) {
        return read(connection, Integer.MAX_VALUE);
    }

    /**
     * Reads again after a person said that the held list is right.
     *
     * @param fewest as many people as the person saw in it
     */
    public Reading accept(Connection connection, int fewest) {
        return read(connection, fewest);
    }

    /** The list that was held back at the last reading and waits for a person. */
    public Optional<MergeReport.Held> held(ConnectionId connection) {
        return state.read(connection, HELD)
                .map(kept -> kept.split("/", 2))
                .map(kept -> new MergeReport.Held(Integer.parseInt(kept[0]), Integer.parseInt(kept[1])));
    }

    private Reading read(Connection connection, int fewest) {
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
            var report =
                    employees.mergeShorter(connection.company(), connection.id().value(), listed, fewest);
            remember(connection.id(), report);
            if (!numbers.isEmpty()) {
                lines.replace(connection.id().value(), numbers);
            }
            return new Answered(report);
        } catch (ConnectorException e) {
            LOG.warn("roster.not-read connection={} fault={}", connection.id(), e.fault());
            return new Refused(e);
        }
    }

    private void remember(ConnectionId connection, MergeReport report) {
        report.held()
                .ifPresentOrElse(
                        held -> {
                            LOG.warn(
                                    "roster.held connection={} before={} now={}",
                                    connection,
                                    held.before(),
                                    held.now());
                            state.write(connection, HELD, held.before() + "/" + held.now());
                        },
                        () -> state.clear(connection, HELD));
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
