package io.patchbay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.company.CompanyId;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.intake.RawHookRetention;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

class RawHookRetentionTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final IntakeProperties KEEPS_30_DAYS = new IntakeProperties(
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(5),
            Duration.ofDays(30),
            URI.create("http://localhost"),
            Duration.ofHours(24),
            List.of(),
            new IntakeProperties.Rate(500, 200, Duration.ofSeconds(1)));

    @ParameterizedTest
    @EnumSource
    void forgetsWhatIsOlderThanItsTimeHoweverMuchItIs(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var clock = new MovableClock(START);
            var hooks = new JdbcRawHooks(database.jdbc());
            var meters = new SimpleMeterRegistry();
            var retention = new RawHookRetention(hooks, database.jdbc(), KEEPS_30_DAYS, clock, meters);
            // two full batches and a bit, so that the loop and its end are both met
            database.transactions().executeWithoutResult(t -> {
                for (int i = 0; i < 1_003; i++) {
                    hooks.keep(new CompanyId(1), 7, "old-" + i, START.plusMillis(i), "{}", new byte[] {1});
                }
            });
            var young = hooks.keep(new CompanyId(1), 7, "young", START.plus(Duration.ofDays(1)), "{}", new byte[] {1});

            clock.advance(Duration.ofDays(30));
            assertThat(retention.run()).as("exactly 30 days old is not older").isZero();
            clock.advance(Duration.ofHours(1));
            assertThat(retention.run()).isEqualTo(1_003);

            assertThat(hooks.find(young)).isPresent();
            assertThat(left(database)).isEqualTo(1);
            clock.advance(Duration.ofDays(2));
            assertThat(retention.run()).isEqualTo(1);
            assertThat(meters.get("patchbay.retention.removed").counter().count())
                    .isEqualTo(1_004);
            assertThat(meters.get("patchbay.retention.last.run").timeGauge().value())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesARowForEachRunAndForgetsThoseInTime(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var clock = new MovableClock(START);
            var hooks = new JdbcRawHooks(database.jdbc());
            var retention =
                    new RawHookRetention(hooks, database.jdbc(), KEEPS_30_DAYS, clock, new SimpleMeterRegistry());
            hooks.keep(new CompanyId(1), 7, "h", START.minus(Duration.ofDays(31)), "{}", new byte[] {1});

            retention.run();
            retention.run();

            assertThat(database.jdbc()
                            .sql("SELECT removed FROM retention_run ORDER BY id")
                            .query(Long.class)
                            .list())
                    .containsExactly(1L, 0L);
            clock.advance(Duration.ofDays(91));
            retention.run();
            assertThat(database.jdbc()
                            .sql("SELECT COUNT(*) FROM retention_run")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    private static long left(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM raw_hook")
                .query(Long.class)
                .single();
    }
}
