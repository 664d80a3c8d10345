package io.patchbay.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.patchbay.journal.RawHooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets the bytes of hooks that are older than {@link IntakeProperties#keepRaw}; calls and facts made of them stay. Each run leaves a row in {@code
 * retention_run}, a line in the log when it removed something, and its figures in the metrics.
 *
 * <p>Removes a few at a time, each batch in a transaction of its own, so that no hook waits for the database meanwhile. A run that dies is finished by the
 * next one. Thread-safe; two nodes at once share the work.
 */
@Component
public class RawHookRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RawHookRetention.class);
    private static final String KIND = "RAW_HOOKS";
    private static final int BATCH = 500;

    /** How long the runs themselves are remembered. */
    private static final Duration RUNS = Duration.ofDays(90);

    private final RawHooks hooks;
    private final JdbcClient jdbc;
    private final IntakeProperties properties;
    private final Clock clock;
    private final Counter removed;
    private final AtomicLong lastRun = new AtomicLong();

    public RawHookRetention(
            RawHooks hooks, JdbcClient jdbc, IntakeProperties properties, Clock clock, MeterRegistry meters) {
        this.hooks = hooks;
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
        removed = Counter.builder("patchbay.retention.removed")
                .description("Raw hooks that were forgotten because their time was over")
                .tag("kind", "raw-hooks")
                .register(meters);
        TimeGauge.builder("patchbay.retention.last.run", lastRun, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .description("When the last run ended, since the epoch; 0 when there was none since the start")
                .tag("kind", "raw-hooks")
                .register(meters);
    }

    /** Not inside a transaction. @return how many were forgotten */
    public long run() {
        var started = clock.instant();
        var before = started.minus(properties.keepRaw());
        var total = 0L;
        int now;
        do {
            now = hooks.forgetBefore(before, BATCH);
            total += now;
            removed.increment(now);
        } while (now == BATCH);
        note(started, before, total);
        return total;
    }

    private void note(Instant started, Instant before, long total) {
        var ended = clock.millis();
        jdbc.sql("""
            INSERT INTO retention_run (kind, started_at, ended_at, removed_before, removed) VALUES (?, ?, ?, ?, ?)\
            """)
                .params(KIND, started.toEpochMilli(), ended, before.toEpochMilli(), total)
                .update();
        jdbc.sql("DELETE FROM retention_run WHERE started_at < ?")
                .param(started.minus(RUNS).toEpochMilli())
                .update();
        lastRun.set(ended);
        if (total > 0) {
            LOG.info(
                    "retention.ran kind=raw-hooks removed={} before={} took={}ms",
                    total,
                    before,
                    ended - started.toEpochMilli());
        }
    }
}
