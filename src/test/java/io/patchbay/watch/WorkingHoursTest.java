package io.patchbay.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingHoursTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    /** 2026-11-25 is a Wednesday; Moscow is three hours ahead of UTC. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-25T07:00:00Z, 2026-11-25T07:15:00Z, PT15M", // inside
        "2026-11-24T15:00:00Z, 2026-11-25T06:10:00Z, PT10M", // over night, from the very end of a day
        "2026-11-20T14:50:00Z, 2026-11-23T06:05:00Z, PT15M", // over a weekend
        "2026-11-21T00:00:00Z, 2026-11-22T23:00:00Z, PT0S", // a weekend
        "2026-11-25T05:00:00Z, 2026-11-25T06:00:00Z, PT0S" // before the day begins
    })
    void countsWorkingTimeOnly(Instant from, Instant to, Duration worked) {
        assertThat(WorkingHours.USUAL.between(from, to, MOSCOW)).isEqualTo(worked);
    }

    @Test
    void aDayOfAChangeOfClocksHasItsRealLength() {
        var always = new WorkingHours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
        var berlin = ZoneId.of("Europe/Berlin");

        assertThat(always.between(Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"), berlin))
                .isEqualTo(Duration.ofHours(25));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingHours(Set.of(), LocalTime.of(9, 0), LocalTime.of(18, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingHours(Set.of(DayOfWeek.MONDAY), LocalTime.of(18, 0), LocalTime.of(9, 0)));
    }
}
