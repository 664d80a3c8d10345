package io.patchbay.connection.store;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionState;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In the table {@code connection_state}. */
public final class JdbcConnectionState implements ConnectionState {

    private final JdbcClient jdbc;

    public JdbcConnectionState(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> read(ConnectionId connection, String name) {
        return jdbc.sql("SELECT value FROM connection_state WHERE connection_id = ? AND name = ?")
                .params(connection.value(), name)
                .query(String.class)
                .optional();
    }

    @Override
    public void write(ConnectionId connection, String name, String value) {
        jdbc.sql("""
            INSERT INTO connection_state (connection_id, name, value) VALUES (?, ?, ?)
            ON CONFLICT (connection_id, name) DO UPDATE SET value = excluded.value\
            """).params(connection.value(), name, value).update();
    }

    @Override
    public void clear(ConnectionId connection, String name) {
        jdbc.sql("DELETE FROM connection_state WHERE connection_id = ? AND name = ?")
                .params(connection.value(), name)
                .update();
    }
}
