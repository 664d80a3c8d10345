package io.patchbay.effect;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Receivers as the stored connections and their connectors' manifests describe them. */
final class ConnectedReceivers implements Receivers {

    /** A setting of connectors that write calls: the id of the employee who stands in for those the target does not know. */
    private static final String DEFAULT_EMPLOYEE = "defaultEmployee";

    private final Connections connections;
    private final Connectors connectors;
    private final ConnectionHealth health;
    private final RuleBook rules;
    private final Duration probe;

    /** @param probe one attempt in this time reaches a connection whose set-up is wrong */
    ConnectedReceivers(
            Connections connections, Connectors connectors, ConnectionHealth health, RuleBook rules, Duration probe) {
        this.connections = connections;
        this.connectors = connectors;
        this.health = health;
        this.rules = rules;
        this.probe = probe;
    }

    @Override
    public Optional<Receiver> find(long connection) {
        return connections.find(new ConnectionId(connection)).flatMap(this::receiver);
    }

    @Override
    public List<Receiver> of(CompanyId company) {
        return connections.of(company).stream()
                .flatMap(connection -> receiver(connection).stream())
                .toList();
    }

    @Override
    public Optional<CompanyId> companyOf(long connection) {
        return connections.find(new ConnectionId(connection)).map(Connection::company);
    }

    private Optional<Receiver> receiver(Connection connection) {
        return connectors.find(connection.connector()).map(connector -> receiver(connection, connector));
    }

    private Receiver receiver(Connection connection, Connector connector) {
        var settings = connector.withFallbacks(connection.settings());
        return new Receiver(
                connection.id().value(),
                connection.company(),
                connector.abilities(connection.settings()),
                rules.of(connection.id().value()),
                Optional.ofNullable(settings.get(DEFAULT_EMPLOYEE))
                        .map(JsonNode::asString)
                        .filter(id -> !id.isBlank()),
                connector.recordingsAsContent(),
                connection.enabled(),
                closedUntil(connection.id()));
    }

    private Optional<Instant> closedUntil(ConnectionId connection) {
        var state = health.of(connection);
        return state.fault()
                .filter(Fault.SETUP::equals)
                .flatMap(fault -> state.lastFault())
                .map(at -> at.plus(probe));
    }
}
