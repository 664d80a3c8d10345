package io.patchbay.connection.store;

import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In the table {@code connection_health}. A connection that goes well is written down rarely: a commit costs more than the news is worth. */
public final class JdbcConnectionHealth implements ConnectionHealth {

    private static final Duration GOOD_NEWS_EVERY = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<ConnectionId, Instant> goodSince = new ConcurrentHashMap<>();

    public JdbcConnectionHealth(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Health of(ConnectionId connection) {
        return jdbc.sql("SELECT good_at, fault_at, fault, code, sentence FROM connection_health WHERE connection_id ="
                        + " ?")
                .param(connection.value())
                .query((row, number) -> health(row))
                .optional()
                .orElse(Health.UNTRIED);
    }

    private static Health health(ResultSet row) throws SQLException {
        var fault = Optional.ofNullable(row.getString("fault")).map(Fault::valueOf);
        return new Health(
                time(row, "good_at"),
                time(row, "fault_at"),
                fault,
                fault.isPresent() ? row.getString("code") : "",
                fault.isPresent() ? row.getString("sentence") : "");
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void went(ConnectionId connection) {
        var now = clock.instant();
        var written = goodSince.get(connection);
        if (written != null && now.isBefore(written.plus(GOOD_NEWS_EVERY))) {
            return;
        }
        goodSince.put(connection, now);
        jdbc.sql("""
            INSERT INTO connection_health (connection_id, good_at) VALUES (?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET good_at = excluded.good_at, fault = NULL\
            """).params(connection.value(), now.toEpochMilli()).update();
    }

    @Override
    public void failed(ConnectionId connection, ConnectorException why) {
        goodSince.remove(connection);
        jdbc.sql("""
            INSERT INTO connection_health (connection_id, fault_at, fault, code, sentence) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET fault_at = excluded.fault_at, fault = excluded.fault,
              code = excluded.code, sentence = excluded.sentence\
            """)
                .params(
                        connection.value(),
                        clock.millis(),
                        why.fault().name(),
                        why.code(),
                        String.valueOf(why.getMessage()))
                .update();
    }

    @Override
    public void forget(ConnectionId connection) {
        goodSince.remove(connection);
        jdbc.sql("DELETE FROM connection_health WHERE connection_id = ?")
                .param(connection.value())
                .update();
    }
}
