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
import java.util.Objects;
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
        return jdbc.sql("""
            SELECT good_at, fault_at, fault, code, sentence, fault_since, deaf_since, deaf_why
            FROM connection_health WHERE connection_id = ?\
            """)
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
                fault.isPresent() ? row.getString("sentence") : "",
                fault.flatMap(there -> time(row, "fault_since").or(() -> time(row, "fault_at"))),
                time(row, "deaf_since").map(since -> new Deafness(since, text(row, "deaf_why"))));
    }

    private static Optional<Instant> time(ResultSet row, String column) {
        try {
            var millis = row.getLong(column);
            return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        } catch (SQLException e) {
            throw new IllegalStateException("The column " + column + " cannot be read.", e);
        }
    }

    private static String text(ResultSet row, String column) {
        try {
            return Objects.requireNonNullElse(row.getString(column), "");
        } catch (SQLException e) {
            throw new IllegalStateException("The column " + column + " cannot be read.", e);
        }
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
            ON CONFLICT (connection_id) DO UPDATE SET good_at = excluded.good_at, fault = NULL, fault_since = NULL\
            """).params(connection.value(), now.toEpochMilli()).update();
    }

    @Override
    public void failed(ConnectionId connection, ConnectorException why) {
        goodSince.remove(connection);
        var now = clock.millis();
        jdbc.sql("""
            INSERT INTO connection_health (connection_id, fault_at, fault, code, sentence, fault_since) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET fault_at = excluded.fault_at, fault = excluded.fault,
              code = excluded.code, sentence = excluded.sentence,
              fault_since = COALESCE(connection_health.fault_since, excluded.fault_since)\
            """)
                .params(connection.value(), now, why.fault().name(), why.code(), String.valueOf(why.getMessage()), now)
                .update();
    }

    @Override
    public void forget(ConnectionId connection) {
        goodSince.remove(connection);
        jdbc.sql("""
            UPDATE connection_health SET good_at = NULL, fault_at = NULL, fault = NULL, fault_since = NULL
            WHERE connection_id = ?\
            """).param(connection.value()).update();
    }

    @Override
    public void deaf(ConnectionId connection, String why) {
        jdbc.sql("""
            INSERT INTO connection_health (connection_id, deaf_since, deaf_why) VALUES (?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET
              deaf_since = COALESCE(connection_health.deaf_since, excluded.deaf_since), deaf_why = excluded.deaf_why\
            """).params(connection.value(), clock.millis(), why).update();
    }

    @Override
    public void hears(ConnectionId connection) {
        jdbc.sql("UPDATE connection_health SET deaf_since = NULL, deaf_why = NULL WHERE connection_id = ? AND"
                        + " deaf_since IS NOT NULL")
                .param(connection.value())
                .update();
    }
}
