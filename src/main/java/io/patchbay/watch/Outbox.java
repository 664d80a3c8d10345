package io.patchbay.watch;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Alerts on their way, in the table {@code alert_message}: one that is stored is sent, or it is said that it could not be. */
@Component
class Outbox {

    /** Longer than a channel takes for one try; a node that dies in it leaves the alert to the next one. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

    /** How long sent ones are remembered. */
    private static final Duration KEEP = Duration.ofDays(90);

    private static final int AT_ONCE = 20;

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One alert on its way over one channel. @param attempts failed so far */
    record Message(long id, String channel, int attempts, Alert alert) {}

    /** In the caller's transaction. */
    void put(Alert alert, String channel) {
        jdbc.sql("""
            INSERT INTO alert_message (company_id, connection_id, concern, turn, level, since, written_at, subject, body,
              channel, message_key, state, attempts, next_at, last_error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'DUE', 0, ?, '')\
            """)
                .params(
                        alert.company().value(),
                        alert.connection().value(),
                        alert.concern().name(),
                        alert.turn().name(),
                        alert.level(),
                        alert.since().toEpochMilli(),
                        alert.at().toEpochMilli(),
                        alert.subject(),
                        alert.body(),
                        channel,
                        alert.key(),
                        alert.at().toEpochMilli())
                .update();
    }

    /** Those to be sent now; nobody else gets them for a while. */
    List<Message> take(Instant now) {
        return jdbc
                .sql("SELECT * FROM alert_message WHERE state = 'DUE' AND next_at <= ? ORDER BY id LIMIT ?")
                .params(now.toEpochMilli(), AT_ONCE)
                .query((row, number) -> message(row))
                .list()
                .stream()
                .filter(message -> hold(message, now))
                .toList();
    }

    private boolean hold(Message message, Instant now) {
        return jdbc.sql("UPDATE alert_message SET next_at = ? WHERE id = ? AND state = 'DUE' AND next_at <= ?")
                        .params(now.plus(HOLD).toEpochMilli(), message.id(), now.toEpochMilli())
                        .update()
                == 1;
    }

    void sent(Message message) {
        jdbc.sql("UPDATE alert_message SET state = 'SENT', attempts = attempts + 1, last_error = '' WHERE id = ?")
                .param(message.id())
                .update();
    }

    /** @return false: it is given up */
    boolean failed(Message message, String why, Instant now) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(message.attempts(), 10));
        var next = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        var again = next.isBefore(message.alert().at().plus(GIVE_UP_AFTER));
        jdbc.sql("UPDATE alert_message SET state = ?, attempts = attempts + 1, next_at = ?, last_error = ?"
                        + " WHERE id = ?")
                .params(again ? "DUE" : "GIVEN_UP", next.toEpochMilli(), why, message.id())
                .update();
        return again;
    }

    void forgetOld(Instant now) {
        jdbc.sql("DELETE FROM alert_message WHERE state <> 'DUE' AND written_at < ?")
                .param(now.minus(KEEP).toEpochMilli())
                .update();
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong("id"),
                row.getString("channel"),
                row.getInt("attempts"),
                new Alert(
                        new CompanyId(row.getLong("company_id")),
                        new ConnectionId(row.getLong("connection_id")),
                        Concern.valueOf(row.getString("concern")),
                        Turn.valueOf(row.getString("turn")),
                        row.getInt("level"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("written_at")),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("message_key")));
    }
}
