package io.patchbay.connection.store;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections in the tables {@code connection} and {@code connection_setting}. */
public final class JdbcConnections implements Connections {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PRESENT =
            "SELECT id, company_id, connector, title, enabled, created_at, changed_at FROM connection WHERE removed_at"
                    + " IS NULL";

    /** What is wiped when a connection is removed: whatever could still be used to work with it. */
    private static final List<String> BELONGINGS = List.of(
            "hook",
            "secret",
            "token",
            "connection_setting",
            "connection_state",
            "connection_health",
            "connection_version",
            "connection_fields",
            "rate_limit",
            "hook_refusal");

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;

    public JdbcConnections(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Connection add(CompanyId company, String connector, String title, Map<String, JsonNode> settings) {
        var id = transactions.execute(transaction -> {
            var now = clock.millis();
            var made = new ConnectionId(jdbc.sql("""
                INSERT INTO connection (company_id, connector, title, enabled, created_at, changed_at)
                VALUES (?, ?, ?, TRUE, ?, ?) RETURNING id\
                """)
                    .params(company.value(), connector, title, now, now)
                    .query(Long.class)
                    .single());
            settings.forEach((name, value) -> write(made, name, value));
            return made;
        });
        return get(id);
    }

    @Override
    public Optional<Connection> find(ConnectionId id) {
        return jdbc.sql(PRESENT + " AND id = ?")
                .param(id.value())
                .query(JdbcConnections::row)
                .optional()
                .map(this::withSettings);
    }

    @Override
    public List<Connection> of(CompanyId company) {
        return jdbc
                .sql(PRESENT + " AND company_id = ? ORDER BY id")
                .param(company.value())
                .query(JdbcConnections::row)
                .list()
                .stream()
                .map(this::withSettings)
                .toList();
    }

    @Override
    public List<Connection> all() {
        return jdbc.sql(PRESENT + " ORDER BY id").query(JdbcConnections::row).list().stream()
                .map(this::withSettings)
                .toList();
    }

    @Override
    public Connection change(ConnectionId id, Change change) {
        transactions.executeWithoutResult(transaction -> {
            change.title()
                    .ifPresent(title -> jdbc.sql("UPDATE connection SET title = ? WHERE id = ?")
                            .params(title, id.value())
                            .update());
            change.enabled()
                    .ifPresent(enabled -> jdbc.sql("UPDATE connection SET enabled = ? WHERE id = ?")
                            .params(enabled, id.value())
                            .update());
            touched(jdbc, id, clock);
            change.settings().forEach((name, value) -> write(id, name, value));
        });
        return get(id);
    }

    /** Marks the connection as changed, so that all that was concluded from its former settings is forgotten. */
    static void touched(JdbcClient jdbc, ConnectionId id, Clock clock) {
        var rows = jdbc.sql("UPDATE connection SET changed_at = CASE WHEN changed_at < ? THEN ? ELSE changed_at + 1 END"
                        + " WHERE id = ? AND removed_at IS NULL")
                .params(clock.millis(), clock.millis(), id.value())
                .update();
        if (rows == 0) {
            throw new ConnectorException(Fault.OURS, "There is no connection " + id + " any more.");
        }
    }

    private void write(ConnectionId id, String name, JsonNode value) {
        if (value.isNull()) {
            jdbc.sql("DELETE FROM connection_setting WHERE connection_id = ? AND name = ?")
                    .params(id.value(), name)
                    .update();
        } else {
            jdbc.sql("""
                INSERT INTO connection_setting (connection_id, name, value) VALUES (?, ?, ?)
                ON CONFLICT (connection_id, name) DO UPDATE SET value = excluded.value\
                """).params(id.value(), name, value.toString()).update();
        }
    }

    @Override
    public void remove(ConnectionId id) {
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("UPDATE connection SET enabled = FALSE, removed_at = ? WHERE id = ? AND removed_at IS NULL")
                    .params(clock.millis(), id.value())
                    .update();
            BELONGINGS.forEach(table -> jdbc.sql("DELETE FROM " + table + " WHERE connection_id = ?")
                    .param(id.value())
                    .update());
        });
    }

    @Override
    public Map<ConnectionId, String> titles(CompanyId company) {
        var titles = new LinkedHashMap<ConnectionId, String>();
        jdbc.sql("SELECT id, title FROM connection WHERE company_id = ? ORDER BY id")
                .param(company.value())
                .query((row, number) -> titles.put(new ConnectionId(row.getLong("id")), row.getString("title")))
                .list();
        return titles;
    }

    // the settings are asked for afterwards: while this row is open, that would want a second database connection
    private static Connection row(ResultSet row, int number) throws SQLException {
        return new Connection(
                new ConnectionId(row.getLong("id")),
                new CompanyId(row.getLong("company_id")),
                row.getString("connector"),
                row.getString("title"),
                Map.of(),
                row.getBoolean("enabled"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private Connection withSettings(Connection bare) {
        return new Connection(
                bare.id(),
                bare.company(),
                bare.connector(),
                bare.title(),
                settings(bare.id()),
                bare.enabled(),
                bare.createdAt(),
                bare.changedAt());
    }

    private Map<String, JsonNode> settings(ConnectionId id) {
        var all = new LinkedHashMap<String, JsonNode>();
        jdbc.sql("SELECT name, value FROM connection_setting WHERE connection_id = ? ORDER BY name")
                .param(id.value())
                .query((row, number) -> all.put(row.getString("name"), JSON.readTree(row.getString("value"))))
                .list();
        return all;
    }
}
