package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connector.ConnectorException;
import io.patchbay.runtime.Databases;
import io.patchbay.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.StringNode;

class RemovedConnectionTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    @ParameterizedTest
    @EnumSource
    void isFoundByNobodyAndHoldsNoSecretButKeepsItsTitleAndRecordings(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var connections = new JdbcConnections(database.jdbc(), database.transactions(), Clock.systemUTC());
            var secrets = new JdbcSecrets(
                    database.jdbc(),
                    database.transactions(),
                    new Vault(VaultKey.random(), List.of()),
                    Clock.systemUTC());
            var removed = connections
                    .add(COMPANY, "parrot", "Polly", Map.of("subdomain", StringNode.valueOf("romashka")))
                    .id();
            var other = connections.add(COMPANY, "parrot", "Lora", Map.of()).id();
            secrets.keep(removed, "token", new Secret("squawk"));
            secrets.keep(other, "token", new Secret("squeak"));
            row(
                    database.jdbc(),
                    "INSERT INTO hook (secret_hash, connection_id, created_at) VALUES ('h', ?, 0)",
                    removed);
            row(
                    database.jdbc(),
                    "INSERT INTO recording (company_id, connection_id, call_key, seat, state, attempts, next_at,"
                            + " ended_at, talk_millis) VALUES (1, ?, 'call', '201', 'STORED', 1, 0, 0, 0)",
                    removed);

            connections.remove(removed);
            connections.remove(removed);

            assertThat(connections.find(removed)).isEmpty();
            assertThat(connections.all()).extracting(Connection::id).containsExactly(other);
            assertThat(connections.of(COMPANY)).extracting(Connection::id).containsExactly(other);
            assertThat(connections.titles(COMPANY))
                    .containsEntry(removed, "Polly")
                    .containsEntry(other, "Lora");
            assertThat(secrets.names(removed)).isEmpty();
            assertThat(secrets.find(other, "token")).contains(new Secret("squeak"));
            for (var table : List.of("hook", "secret", "connection_setting")) {
                assertThat(rows(database.jdbc(), table, removed)).as(table).isZero();
            }
            assertThat(rows(database.jdbc(), "recording", removed)).isEqualTo(1);
            assertThatThrownBy(() -> connections.change(removed, Connections.Change.enabled(true)))
                    .isInstanceOf(ConnectorException.class);
        }
    }

    @Test
    void thatAnEarlierReleaseDeletedKeepsItsTitle(@TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("patchbay.db");
        try (var database = Databases.open(url, "", "", 2)) {
            var jdbc = JdbcClient.create(database);
            var flyway = Flyway.configure().dataSource(database).placeholders(Databases.placeholders(url));
            flyway.target("8").load().migrate();
            jdbc.sql("INSERT INTO former_connection (id, company_id, connector, title, removed_at)"
                            + " VALUES (7, 1, 'parrot', 'Polly', 1)")
                    .update();

            flyway.target("latest").load().migrate();

            var connections = new JdbcConnections(
                    jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), Clock.systemUTC());
            assertThat(connections.all()).isEmpty();
            assertThat(connections.titles(COMPANY)).containsEntry(new ConnectionId(7), "Polly");
            assertThat(connections.add(COMPANY, "parrot", "Lora", Map.of()).id().value())
                    .as("no id comes twice")
                    .isGreaterThan(7);
        }
    }

    private static void row(JdbcClient jdbc, String sql, ConnectionId connection) {
        jdbc.sql(sql).param(connection.value()).update();
    }

    private static long rows(JdbcClient jdbc, String table, ConnectionId connection) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE connection_id = ?")
                .param(connection.value())
                .query(Long.class)
                .single();
    }
}
