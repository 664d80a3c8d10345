package io.patchbay.connection;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The table {@code connection_version}: by which version of its manifest a connection's settings are, and what they were before. */
@Component
class SettingsVersions {

    /** Of settings of which nothing is kept. */
    private static final int FIRST = 1;

    private final JdbcClient jdbc;
    private final Clock clock;

    SettingsVersions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param former the settings before; empty once the new ones are proved, or when there were none */
    record Version(int number, int formerNumber, Optional<Map<String, JsonNode>> former, Instant since) {}

    /** All settings are of the first version. */
    boolean none() {
        return jdbc.sql("SELECT COUNT(*) FROM connection_version")
                        .query(Integer.class)
                        .single()
                == 0;
    }

    Version of(ConnectionId connection) {
        return jdbc.sql("SELECT * FROM connection_version WHERE connection_id = ?")
                .param(connection.value())
                .query((row, ignored) -> new Version(
                        row.getInt("version"),
                        row.getInt("former_version"),
                        former(row.getString("former")),
                        Instant.ofEpochMilli(row.getLong("migrated_at"))))
                .optional()
                .orElse(new Version(FIRST, FIRST, Optional.empty(), Instant.EPOCH));
    }

    void set(ConnectionId connection, int number, int formerNumber, Map<String, JsonNode> former) {
        var json = JsonNodeFactory.instance.objectNode();
        former.forEach(json::set);
        write(connection, number, formerNumber, json.toString());
    }

    /** Settings that were made for this version, or are proved by now. */
    void set(ConnectionId connection, int number) {
        write(connection, number, number, "");
    }

    private void write(ConnectionId connection, int number, int formerNumber, String former) {
        jdbc.sql("""
            INSERT INTO connection_version (connection_id, version, former, former_version, migrated_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET version = excluded.version, former = excluded.former,
              former_version = excluded.former_version, migrated_at = excluded.migrated_at\
            """)
                .params(connection.value(), number, former, formerNumber, clock.millis())
                .update();
    }

    private static Optional<Map<String, JsonNode>> former(String json) {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        var all = new java.util.LinkedHashMap<String, JsonNode>();
        JsonMapper.shared().readTree(json).properties().forEach(one -> all.put(one.getKey(), one.getValue()));
        return Optional.of(all);
    }
}
