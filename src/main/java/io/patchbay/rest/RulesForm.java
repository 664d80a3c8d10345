package io.patchbay.rest;

import io.patchbay.connection.Connection;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.effect.RulesJson;
import io.patchbay.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads the rules that somebody wants for a connection, and refuses what its connector cannot obey. */
@Component
class RulesForm {

    private final Connectors connectors;

    RulesForm(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * @param at where the rules stand in the request, with a dot at its end; empty for the whole body
     * @throws InvalidRequestException with everything that is wrong
     */
    RuleSet read(Connection connection, JsonNode asked, String at) {
        var read = RulesJson.read(asked);
        var problems = new ArrayList<FieldProblem>();
        read.problems()
                .forEach(problem -> problems.add(new FieldProblem(place(at, problem.field()), problem.message())));
        connectors
                .find(connection.connector())
                .ifPresent(connector -> problems.addAll(notObeyed(connection, connector, read.rules(), at)));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        return read.rules();
    }

    private static String place(String at, String field) {
        return field.isEmpty() && !at.isEmpty() ? at.substring(0, at.length() - 1) : at + field;
    }

    private static List<FieldProblem> notObeyed(Connection connection, Connector connector, RuleSet rules, String at) {
        var problems = new ArrayList<FieldProblem>();
        for (int i = 0; i < rules.rules().size(); i++) {
            var field = at + "rules[" + i + "].then.newClient";
            rules.rules()
                    .get(i)
                    .newClient()
                    .flatMap(client -> client.kind())
                    .flatMap(kind -> whyNot(connection, connector, kind))
                    .ifPresent(why -> problems.add(new FieldProblem(field, why)));
        }
        return problems;
    }

    private static Optional<String> whyNot(Connection connection, Connector connector, String kind) {
        if (!connector.can(Operation.CREATE_CLIENT, connection.settings())) {
            return Optional.of("is nothing that " + connector.title()
                    + " can be asked for as it is connected: it makes no clients at the hub's word. Say usual"
                    + " or none.");
        }
        if (connector.newClients().isEmpty()) {
            return Optional.of("is nothing that " + connector.title()
                    + " can be asked for: its settings alone say what an unknown number becomes. Say usual or none.");
        }
        return connector.newClients().contains(kind)
                ? Optional.empty()
                : Optional.of("is nothing that " + connector.title() + " can make. Say usual, none or one of "
                        + connector.newClients() + ".");
    }
}
