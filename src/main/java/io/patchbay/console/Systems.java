package io.patchbay.console;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import java.util.List;
import java.util.Map;

/**
 * A company's connections while a page is made.
 *
 * @param all       by id
 * @param receivers those in which calls are written
 * @param titles    also of those that were removed
 */
record Systems(List<Connection> all, List<Connection> receivers, Map<ConnectionId, String> titles) {

    static Systems of(CompanyId company, Connections connections, Connectors connectors) {
        var all = connections.of(company);
        return new Systems(
                all,
                all.stream()
                        .filter(connection -> writesCalls(connection, connectors))
                        .toList(),
                connections.titles(company));
    }

    String title(long connection) {
        return titles.getOrDefault(new ConnectionId(connection), "#" + connection);
    }

    List<Long> receiverIds() {
        return receivers.stream().map(connection -> connection.id().value()).toList();
    }

    private static boolean writesCalls(Connection connection, Connectors connectors) {
        return connectors
                .find(connection.connector())
                .map(connector -> connector.abilities(connection.settings()))
                .filter(can -> can.contains(Operation.LOG_CALL) || can.contains(Operation.CLOSE_CALL))
                .isPresent();
    }
}
