package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connection.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ApiPropertiesTest {

    @Test
    void byDefaultNothingPrivateIsAllowedAndTheBackgroundIsPatient() {
        var defaults = bind(Map.of());

        assertThat(defaults)
                .isEqualTo(new ApiProperties(List.of(), Duration.ofSeconds(5), Duration.ofSeconds(30), 0.2, 200, 20));
        assertThat(defaults.wait(Urgency.LIVE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.wait(Urgency.BACKGROUND)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everyPropertyIsMapped() {
        assertThat(bind(Map.of(
                        "patchbay.api.allowed-networks", "192.168.10.0/24, 10.1.2.3",
                        "patchbay.api.longest-wait", "2s",
                        "patchbay.api.background-wait", "3m",
                        "patchbay.api.reserve", "0.5",
                        "patchbay.api.connections", "40",
                        "patchbay.api.connections-each", "4")))
                .isEqualTo(new ApiProperties(
                        List.of("192.168.10.0/24", "10.1.2.3"),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(3),
                        0.5,
                        40,
                        4));
    }

    @ParameterizedTest
    @CsvSource({
        "allowed-networks, intranet, is no block of addresses",
        "longest-wait, -1s, must not be negative",
        "background-wait, -1s, must not be negative",
        "reserve, 1, must be from 0 to 0.9",
        "reserve, -0.1, must be from 0 to 0.9",
        "reserve, NaN, must be from 0 to 0.9",
        "connections, 0, must be at least 1",
        "connections-each, 0, must be at least 1"
    })
    void whatCannotWorkIsRefusedWithItsName(String property, String value, String why) {
        assertThatThrownBy(() -> bind(Map.of("patchbay.api." + property, value)))
                .rootCause()
                .hasMessageContaining(why);
    }

    private static ApiProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("patchbay.api", ApiProperties.class);
    }
}
