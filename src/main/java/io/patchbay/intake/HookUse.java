package io.patchbay.intake;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When each hook address was used last. Kept in memory and written by {@link #write}: a hub that is killed forgets the last few seconds, and an accepted hook
 * costs no write. Thread-safe; nodes write beside each other, and the latest counts.
 */
@Component
public class HookUse implements DisposableBean {

    private final JdbcClient jdbc;
    private final Clock clock;

    /** Hash of the secret to epoch milliseconds; only of addresses that are or were there, so it cannot be filled from outside. */
    private final Map<String, Long> used = new ConcurrentHashMap<>();

    HookUse(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void now(String hash) {
        used.put(hash, clock.millis());
    }

    /** One that cannot be written is written next time. */
    public void write() {
        for (var use : Map.copyOf(used).entrySet()) {
            jdbc.sql("""
                UPDATE hook SET last_used_at = :at
                WHERE secret_hash = :hash AND (last_used_at IS NULL OR last_used_at < :at)\
                """)
                    .param("at", use.getValue())
                    .param("hash", use.getKey())
                    .update();
            used.remove(use.getKey(), use.getValue());
        }
    }

    @Override
    public void destroy() {
        write();
    }
}
