package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.store.JdbcConnectionHealth;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ConnectedReceiversTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    private final MovableClock clock = new MovableClock(Story.START);
    private final TestDatabase database = TestDatabase.of(TestDatabase.Kind.SQLITE);
    private final Connections connections = new JdbcConnections(database.jdbc(), database.transactions(), clock);
    private final JdbcConnectionHealth health = new JdbcConnectionHealth(database.jdbc(), clock);
    private final Receivers receivers = new ConnectedReceivers(
            connections,
            Connectors.onClassPath(),
            health,
            new JdbcRuleBook(database.jdbc(), clock),
            Duration.ofMinutes(1));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void abilitiesFollowTheWayOfLogin() {
        var application = add("bitrix24", Map.of());
        var webhook = add("bitrix24", Map.of("way", text("webhook")));

        assertThat(application.abilities()).contains(Operation.OPEN_CALL).doesNotContain(Operation.LOG_CALL);
        assertThat(webhook.abilities()).contains(Operation.LOG_CALL).doesNotContain(Operation.OPEN_CALL);
    }

    @Test
    void knowsWhoStandsIn() {
        assertThat(add("bitrix24", Map.of("defaultEmployee", text("7"))).defaultEmployee())
                .contains("7");
        assertThat(add("bitrix24", Map.of()).defaultEmployee()).isEmpty();
    }

    @Test
    void aConnectionWithWrongSetUpIsClosedForAMinuteAfterEachProbe() {
        var connection =
                connections.add(COMPANY, "bitrix24", "Portal", Map.of()).id();
        health.failed(connection, new ConnectorException(Fault.SETUP, "expired"));

        assertThat(receivers.find(connection.value()).orElseThrow().closedUntil())
                .contains(Story.START.plusSeconds(60));

        health.went(connection);
        assertThat(receivers.find(connection.value()).orElseThrow().closedUntil())
                .isEmpty();
    }

    @Test
    void aConnectionOfARemovedConnectorReceivesNothing() {
        var connection = connections.add(COMPANY, "gone", "Gone", Map.of()).id();

        assertThat(receivers.find(connection.value())).isEmpty();
        assertThat(receivers.companyOf(connection.value())).contains(COMPANY);
        assertThat(receivers.of(COMPANY)).isEmpty();
    }

    private Receiver add(String connector, Map<String, JsonNode> settings) {
        var connection = connections.add(COMPANY, connector, connector, settings);
        return receivers.find(connection.id().value()).orElseThrow();
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
