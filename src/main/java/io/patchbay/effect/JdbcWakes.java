package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code wake}. */
public final class JdbcWakes implements Wakes {

    private final JdbcClient jdbc;

    public JdbcWakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void wake(CallId call, long connection, String group, boolean live, Instant dueAt, Instant sendAt) {
        jdbc.sql("""
            INSERT INTO wake (call_id, connection_id, message_group, live, due_at, send_at, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (call_id, connection_id) DO UPDATE SET
              message_group = excluded.message_group,
              live = excluded.live,
              due_at = CASE WHEN wake.due_at < excluded.due_at THEN wake.due_at ELSE excluded.due_at END,
              send_at = CASE WHEN wake.send_at < excluded.send_at THEN wake.send_at ELSE excluded.send_at END,
              revision = wake.revision + 1\
            """)
                .params(
                        call.value(),
                        connection,
                        group,
                        live,
                        dueAt.toEpochMilli(),
                        sendAt.toEpochMilli(),
                        dueAt.toEpochMilli()) // so that a wake made anew is not taken for the one before it
                .update();
    }

    @Override
    public Optional<Wake> of(CallId call, long connection) {
        return jdbc.sql("SELECT * FROM wake WHERE call_id = ? AND connection_id = ?")
                .params(call.value(), connection)
                .query(JdbcWakes::wake)
                .optional();
    }

    @Override
    public List<Wake> take(Instant now, Duration again, int limit) {
        var due = jdbc.sql("SELECT * FROM wake WHERE send_at <= ? ORDER BY live DESC, send_at LIMIT ?")
                .params(now.toEpochMilli(), limit)
                .query(JdbcWakes::wake)
                .list();
        var taken = new ArrayList<Wake>();
        for (var wake : due) {
            var mine = jdbc.sql("""
                UPDATE wake SET send_at = ? WHERE call_id = ? AND connection_id = ? AND send_at <= ?\
                """)
                    .params(now.plus(again).toEpochMilli(), wake.call().value(), wake.connection(), now.toEpochMilli())
                    .update();
            if (mine == 1) {
                taken.add(wake);
            }
        }
        return taken;
    }

    @Override
    public Map<Long, Integer> open() {
        var open = new HashMap<Long, Integer>();
        jdbc.sql("SELECT connection_id, COUNT(*) FROM wake GROUP BY connection_id")
                .query(row -> {
                    open.put(row.getLong(1), row.getInt(2));
                });
        return open;
    }

    @Override
    public void looked(Wake seen, Optional<Instant> next) {
        if (next.isPresent()) {
            jdbc.sql("""
                UPDATE wake SET due_at = ?, send_at = ? WHERE call_id = ? AND connection_id = ? AND revision = ?\
                """)
                    .params(
                            next.get().toEpochMilli(),
                            next.get().toEpochMilli(),
                            seen.call().value(),
                            seen.connection(),
                            seen.revision())
                    .update();
        } else {
            jdbc.sql("DELETE FROM wake WHERE call_id = ? AND connection_id = ? AND revision = ?")
                    .params(seen.call().value(), seen.connection(), seen.revision())
                    .update();
        }
    }

    private static Wake wake(ResultSet row, int number) throws SQLException {
        return new Wake(
                new CallId(row.getLong("call_id")),
                row.getLong("connection_id"),
                row.getString("message_group"),
                row.getBoolean("live"),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getLong("revision"));
    }
}
