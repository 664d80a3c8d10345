package io.patchbay.intake;

import inet.ipaddr.IPAddress;
import io.patchbay.connection.ConnectionId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When each hook address was used last, and what was refused there. Kept in memory and written by {@link #write}: a hub that is killed forgets the last few seconds,
 * and a hook costs no write. Thread-safe; nodes write beside each other.
 */
@Component
public class HookUse implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(HookUse.class);

    private final JdbcClient jdbc;
    private final Clock clock;

    /** By the secret's hash; only of addresses that are or were there, so it cannot be filled from outside. */
    private final Map<String, Use> used = new ConcurrentHashMap<>();

    private final Map<ConnectionId, Refusals> refused = new ConcurrentHashMap<>();

    HookUse(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param at   epoch milliseconds
     * @param from empty when it is not known
     */
    private record Use(long at, String from) {}

    /** @param since epoch milliseconds, as {@code last} */
    private record Refusals(long number, long since, long last, String from) {

        private Refusals and(Refusals later) {
            return new Refusals(number + later.number, since, later.last, later.from);
        }
    }

    void now(String hash, Optional<IPAddress> sender) {
        used.put(hash, new Use(clock.millis(), text(sender)));
    }

    void refused(ConnectionId connection, Optional<IPAddress> sender) {
        var now = clock.millis();
        refused.merge(connection, new Refusals(1, now, now, text(sender)), Refusals::and);
    }

    /** What was refused before does not count any more. */
    void forgive(ConnectionId connection) {
        refused.remove(connection);
        jdbc.sql("DELETE FROM hook_refusal WHERE connection_id = ?")
                .param(connection.value())
                .update();
    }

    /** What cannot be written is written next time. */
    public void write() {
        Map.copyOf(used).forEach((hash, use) -> {
            jdbc.sql("""
                UPDATE hook SET last_used_at = :at, last_used_from = NULLIF(:from, '')
                WHERE secret_hash = :hash AND (last_used_at IS NULL OR last_used_at < :at)\
                """)
                    .param("at", use.at())
                    .param("from", use.from())
                    .param("hash", hash)
                    .update();
            used.remove(hash, use);
        });
        for (var connection : refused.keySet()) {
            Optional.ofNullable(refused.remove(connection)).ifPresent(refusals -> write(connection, refusals));
        }
    }

    private void write(ConnectionId connection, Refusals refusals) {
        LOG.warn("hook.refused connection={} from={} times={}", connection, refusals.from(), refusals.number());
        jdbc.sql("""
            INSERT INTO hook_refusal (connection_id, refused, since, last_at, last_from) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (connection_id) DO UPDATE SET refused = hook_refusal.refused + excluded.refused,
              last_at = excluded.last_at, last_from = excluded.last_from\
            """)
                .params(connection.value(), refusals.number(), refusals.since(), refusals.last(), refusals.from())
                .update();
    }

    private static String text(Optional<IPAddress> sender) {
        return sender.map(IPAddress::toCanonicalString).orElse("");
    }

    @Override
    public void destroy() {
        write();
    }
}
