package io.patchbay.watch;

import io.patchbay.connection.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is the matter now, in the table {@code connection_alert}. */
@Component
class Alarms {

    private static final long NEVER = -1; // in statements; in the table it is null

    private static final String SAME = """
         WHERE connection_id = ? AND concern = ? AND level = ? AND COALESCE(told_at, -1) = ?
           AND COALESCE(gone_since, -1) = ?\
        """;

    private final JdbcClient jdbc;

    Alarms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<Concern, Alarm> of(ConnectionId connection) {
        var alarms = new EnumMap<Concern, Alarm>(Concern.class);
        jdbc.sql("SELECT concern, level, since, told_at, gone_since FROM connection_alert WHERE connection_id = ?")
                .param(connection.value())
                .query(row -> {
                    alarms.put(Concern.valueOf(row.getString("concern")), alarm(row));
                });
        return alarms;
    }

    /**
     * Stores a step, in the caller's transaction.
     *
     * @return false when another node was faster: then nothing was changed, and that one tells people
     */
    boolean step(ConnectionId connection, Concern concern, Optional<Alarm> before, Optional<Alarm> after) {
        if (before.isEmpty()) {
            return after.isEmpty() || insert(connection, concern, after.get());
        }
        var was = before.get();
        return after.map(now -> jdbc.sql("UPDATE connection_alert SET level = ?, told_at = NULLIF(?, -1), gone_since ="
                                        + " NULLIF(?, -1)"
                                        + SAME)
                                .params(
                                        now.level(),
                                        millis(now.toldAt()),
                                        millis(now.goneSince()),
                                        connection.value(),
                                        concern.name(),
                                        was.level(),
                                        millis(was.toldAt()),
                                        millis(was.goneSince())))
                        .orElseGet(() -> jdbc.sql("DELETE FROM connection_alert" + SAME)
                                .params(
                                        connection.value(),
                                        concern.name(),
                                        was.level(),
                                        millis(was.toldAt()),
                                        millis(was.goneSince())))
                        .update()
                == 1;
    }

    private boolean insert(ConnectionId connection, Concern concern, Alarm alarm) {
        return jdbc.sql("""
            INSERT INTO connection_alert (connection_id, concern, level, since, told_at) VALUES (?, ?, ?, ?, NULLIF(?, -1))
            ON CONFLICT (connection_id, concern) DO NOTHING\
            """)
                        .params(
                                connection.value(),
                                concern.name(),
                                alarm.level(),
                                alarm.since().toEpochMilli(),
                                millis(alarm.toldAt()))
                        .update()
                == 1;
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        return new Alarm(
                row.getInt("level"),
                Instant.ofEpochMilli(row.getLong("since")),
                time(row, "told_at"),
                time(row, "gone_since"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(NEVER);
    }
}
