package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EffectPropertiesTest {

    @Test
    void theDefaultsAreTheShippedSchedule() {
        var defaults = bind(Map.of());

        assertThat(defaults.schedule()).isEqualTo(RetrySchedule.DEFAULT);
        assertThat(defaults.resend()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void everyPropertyIsMapped() {
        var properties = bind(Map.of(
                "patchbay.effect.first-pause", "2s",
                "patchbay.effect.longest-pause", "3m",
                "patchbay.effect.give-up-after", "4h",
                "patchbay.effect.probe", "30s",
                "patchbay.effect.resend", "20s"));

        assertThat(properties)
                .isEqualTo(new EffectProperties(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(3),
                        Duration.ofHours(4),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20)));
    }

    @Test
    void aLongestPauseShorterThanTheFirstIsRefused() {
        var wrong = bind(Map.of("patchbay.effect.first-pause", "2h", "patchbay.effect.longest-pause", "1h"));

        assertThatThrownBy(wrong::schedule)
                .hasMessage("Pauses between attempts must be positive, and the longest not shorter than the first.");
    }

    private static EffectProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("patchbay.effect", EffectProperties.class);
    }
}
