package io.patchbay.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When people are told, on a clock of the test's own. */
class AlarmTest {

    private static final Duration SETTLE = Duration.ofSeconds(20);

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private Optional<Alarm> alarm = Optional.empty();
    private final List<Turn> told = new ArrayList<>();

    private void is(int percent) {
        var next = Alarm.next(alarm, new Finding(percent, now, ""), SETTLE, now);
        alarm = next.after();
        next.turn().ifPresent(told::add);
        now = now.plusSeconds(10);
    }

    private void is(int percent, Duration how) {
        for (var end = now.plus(how); now.isBefore(end); ) {
            is(percent);
        }
    }

    @Test
    void oneAlertAtTheBeginningAndOneAtTheEnd() {
        is(100, Duration.ofMinutes(10));
        is(0, Duration.ofMinutes(10));

        assertThat(told).containsExactly(Turn.BEGAN, Turn.OVER);
        assertThat(alarm).isEmpty();
    }

    @Test
    void anErrorIsToldWithinAMinute() {
        var began = now;
        while (told.isEmpty()) {
            is(100);
        }
        assertThat(Duration.between(began, now)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatComesAndGoesAtOnceIsNotTold() {
        for (var i = 0; i < 50; i++) {
            is(100);
            is(0);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aMomentWithoutItIsNotItsEnd() {
        is(100, Duration.ofMinutes(1));
        is(0);
        is(100, Duration.ofMinutes(1));

        assertThat(told).containsExactly(Turn.BEGAN);
    }

    @Test
    void itIsRepeatedDaily() {
        is(100, Duration.ofDays(3).plusMinutes(1));

        assertThat(told).containsExactly(Turn.BEGAN, Turn.STILL, Turn.STILL, Turn.STILL);
    }

    @Test
    void everyStepUpwardsIsToldOnce() {
        is(49, Duration.ofMinutes(1));
        assertThat(told).isEmpty();
        is(50, Duration.ofMinutes(1));
        is(71, Duration.ofMinutes(1));
        is(90, Duration.ofMinutes(1));
        is(100, Duration.ofMinutes(1));
        is(0, Duration.ofMinutes(1));

        assertThat(told).containsExactly(Turn.BEGAN, Turn.WORSE, Turn.WORSE, Turn.WORSE, Turn.OVER);
    }

    @Test
    void aValueThatSwingsAroundAStepIsToldOnce() {
        is(50, Duration.ofMinutes(1));
        for (var i = 0; i < 50; i++) {
            is(71);
            is(66);
        }
        assertThat(told).containsExactly(Turn.BEGAN, Turn.WORSE);
    }
}
