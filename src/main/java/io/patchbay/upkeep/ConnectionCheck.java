package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Operation;
import io.patchbay.intake.Hooks;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Asks a connected system whether all is well. A system that cannot be reached or refuses the login is an answer too. Thread-safe. */
@Component
public class ConnectionCheck {

    private final Operations operations;
    private final Hooks hooks;
    private final Audit audit;

    ConnectionCheck(Operations operations, Hooks hooks, Audit audit) {
        this.operations = operations;
        this.hooks = hooks;
        this.audit = audit;
    }

    /**
     * What a check found.
     *
     * @param account what the system calls the account
     * @param rights  every right the hub needs there; empty when the check did not get that far
     * @param refusal why the check itself did not succeed
     */
    public record Findings(Optional<String> account, List<Right> rights, Optional<ConnectorException> refusal) {

        /** The system answered and every right is there. */
        public boolean isAllWell() {
            return refusal.isEmpty() && rights.stream().allMatch(Right::ok);
        }
    }

    /**
     * One right.
     *
     * @param right the connector's name of it; its strings may know a title and a cure
     * @param why   in the system's own words; empty when it is there
     */
    public record Right(String right, boolean ok, Optional<String> why) {}

    public Findings of(Connection connection) {
        var findings = asked(connection);
        audit.note(
                connection.company(),
                Deed.of(Action.CONNECTION_CHECKED, connection.id().value(), connection.title())
                        .with("well", findings.isAllWell()));
        return findings;
    }

    private Findings asked(Connection connection) {
        var input = JsonNodeFactory.instance
                .objectNode()
                .put("hookUrl", hooks.address(connection.id()).toString());
        try {
            return findings(operations.run(connection.id(), Operation.CHECK, input));
        } catch (ConnectorException refusal) {
            return new Findings(Optional.empty(), List.of(), Optional.of(refusal));
        }
    }

    private static Findings findings(JsonNode answer) {
        return new Findings(
                text(answer.path("account")),
                answer.path("rights")
                        .valueStream()
                        .map(right -> new Right(
                                right.path("right").asString(""),
                                right.path("ok").asBoolean(false),
                                text(right.path("why"))))
                        .toList(),
                Optional.empty());
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(text -> !text.isBlank());
    }
}
