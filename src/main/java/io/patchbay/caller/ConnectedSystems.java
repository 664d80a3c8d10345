package io.patchbay.caller;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connector.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The connections of a company. */
@Component
record ConnectedSystems(Connections connections, Operations operations, Questions questions) implements Systems {

    @Override
    public Set<Long> thatCan(CompanyId company, Operation operation) {
        return connections.of(company).stream()
                .filter(Connection::enabled)
                .map(Connection::id)
                .filter(id -> operations.can(id, operation))
                .map(id -> id.value())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public JsonNode ask(long connection, Operation operation, JsonNode input) {
        return questions.ask(operations, connection, operation, input);
    }
}
