package io.patchbay.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RecordingPropertiesTest {

    private static final Instant ENDED = Instant.parse("2026-11-25T07:00:00Z");

    @Test
    void asksTenTimesWithinThreeDaysByDefault() {
        var defaults = bind(Map.of());

        assertThat(defaults.pauses())
                .hasSize(10)
                .startsWith(Duration.ofSeconds(15))
                .endsWith(Duration.ofHours(72));
        assertThat(defaults.again()).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.giveUp()).isEqualTo(Duration.ofDays(30));
        assertThat(defaults.linkLife()).isEqualTo(Duration.ofDays(3650));
        assertThat(defaults.largest()).isEqualTo(DataSize.ofMegabytes(90));
    }

    @Test
    void readsEachProperty() {
        var bound = bind(Map.of(
                "patchbay.recording.pauses", "1s,2s",
                "patchbay.recording.again", "3m",
                "patchbay.recording.give-up", "4d",
                "patchbay.recording.link-life", "5d",
                "patchbay.recording.largest", "6MB"));

        assertThat(bound)
                .isEqualTo(new RecordingProperties(
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                        Duration.ofMinutes(3),
                        Duration.ofDays(4),
                        Duration.ofDays(5),
                        DataSize.ofMegabytes(6)));
    }

    @Test
    void asksAfterTheEndAsPlanned() {
        var next = bind(Map.of()).next(ENDED, ENDED.plusSeconds(15), 1, true);

        assertThat(next).contains(ENDED.plus(Duration.ofMinutes(1)));
    }

    @Test
    void asksForAnOldCallWithPausesToo() {
        var now = ENDED.plus(Duration.ofDays(2));

        assertThat(bind(Map.of()).next(ENDED, now, 1, true)).contains(now.plusSeconds(45));
    }

    @Test
    void givesUpWhenThePbxSaidTenTimesThatItHasNone() {
        assertThat(bind(Map.of()).next(ENDED, ENDED.plus(Duration.ofDays(3)), 10, true))
                .isEmpty();
    }

    @Test
    void goesOnForAMonthWhenThePbxCouldNotBeAsked() {
        var properties = bind(Map.of());
        var now = ENDED.plus(Duration.ofDays(29));

        assertThat(properties.next(ENDED, now, 500, false)).contains(now.plus(Duration.ofHours(1)));
        assertThat(properties.next(ENDED, now.plus(Duration.ofDays(2)), 500, false))
                .isEmpty();
    }

    private static RecordingProperties bind(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("patchbay.recording", RecordingProperties.class);
    }
}
