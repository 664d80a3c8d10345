package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-02T12:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(((InstantSource) now::get).withZone(ZoneOffset.UTC));

    @Test
    void makesAnAddressWaitAfterFiveFailuresWithOneLogin() {
        fail(5, "anna", "192.0.2.1");

        assertThat(throttle.mustWait("Anna ", "192.0.2.1")).isTrue();
        assertThat(throttle.mustWait("anna", "192.0.2.2")).isFalse();
        assertThat(throttle.mustWait("boris", "192.0.2.1")).isFalse();

        now.set(now.get().plus(Duration.ofMinutes(15)).plusMillis(1));
        assertThat(throttle.mustWait("anna", "192.0.2.1")).isFalse();
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        fail(4, "anna", "192.0.2.1");
        throttle.succeeded("anna", "192.0.2.1");
        fail(4, "anna", "192.0.2.1");

        assertThat(throttle.mustWait("anna", "192.0.2.1")).isFalse();
    }

    @Test
    void makesAnAddressWaitThatTriesManyLogins() {
        for (var i = 0; i < 30; i++) {
            fail(1, "login" + i, "192.0.2.1");
        }

        assertThat(throttle.mustWait("fresh", "192.0.2.1")).isTrue();
        assertThat(throttle.mustWait("fresh", "192.0.2.2")).isFalse();
    }

    private void fail(int times, String login, String address) {
        for (var i = 0; i < times; i++) {
            throttle.failed(login, address);
        }
    }
}
