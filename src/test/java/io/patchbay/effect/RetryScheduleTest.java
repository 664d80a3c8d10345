package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant FIRST = Instant.parse("2024-06-10T06:00:00Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.DEFAULT;

    @Test
    void triesForSeventyFiveHoursInDoublingPauses() {
        var pauses = new ArrayList<Duration>();
        var now = FIRST;
        for (var next = Optional.of(now); next.isPresent(); ) {
            next = SCHEDULE.next(pauses.size() + 1, FIRST, now, Duration.ZERO, 0);
            if (next.isPresent()) {
                pauses.add(Duration.between(now, next.get()));
                now = next.get();
            }
        }

        assertThat(pauses)
                .startsWith(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40));
        assertThat(pauses).last().isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(FIRST, now)).isBetween(Duration.ofHours(74), Duration.ofHours(75));
    }

    @Test
    void isNeverShorterThanTheTargetAsked() {
        assertThat(SCHEDULE.next(1, FIRST, FIRST, Duration.ofMinutes(7), 0)).contains(FIRST.plusSeconds(420));
        assertThat(SCHEDULE.next(1, FIRST, FIRST, Duration.ofHours(3), 0)).contains(FIRST.plusSeconds(10_800));
    }

    @Test
    void spreadsByUpToAQuarterAndNeverEarlier() {
        assertThat(SCHEDULE.next(3, FIRST, FIRST, Duration.ZERO, 0)).contains(FIRST.plusSeconds(20));
        assertThat(SCHEDULE.next(3, FIRST, FIRST, Duration.ZERO, 1)).contains(FIRST.plusSeconds(25));
    }

    @Test
    void givesUpBehindTheHorizon() {
        assertThat(SCHEDULE.next(90, FIRST, FIRST.plus(Duration.ofHours(74).plusMinutes(30)), Duration.ZERO, 0))
                .isEmpty();
        assertThat(SCHEDULE.next(1, FIRST, FIRST, Duration.ofHours(76), 0)).isEmpty();
    }

    @Test
    void probesEveryMinuteForEver() {
        var yearLater = FIRST.plus(Duration.ofDays(365));

        assertThat(SCHEDULE.probe(yearLater, Duration.ZERO)).isEqualTo(yearLater.plusSeconds(60));
        assertThat(SCHEDULE.probe(yearLater, Duration.ofMinutes(5))).isEqualTo(yearLater.plusSeconds(300));
    }
}
