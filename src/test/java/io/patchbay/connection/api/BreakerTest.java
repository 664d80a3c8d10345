package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.testing.ConnectorBench;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Breaker breaker = new Breaker();
    private Instant now = ConnectorBench.START;

    private ConnectorException refusal() {
        return catchThrowableOfType(ConnectorException.class, () -> breaker.enter(now));
    }

    private void fails(Fault fault, int times) {
        for (var i = 0; i < times; i++) {
            breaker.failed(new ConnectorException(fault, "E1", "Why.", Duration.ZERO, null), now);
        }
    }

    @Test
    void bearsFewFailuresAndForgetsThemAtTheFirstAnswer() {
        fails(Fault.UNREACHABLE, 4);
        assertThat(refusal()).isNull();
        breaker.answered();
        fails(Fault.UNREACHABLE, 4);
        assertThat(refusal()).isNull();
        fails(Fault.UNREACHABLE, 1);
        assertThat(refusal()).isNotNull();
    }

    @Test
    void saysWhyAndWhenItOpensAgain() {
        fails(Fault.UNREACHABLE, 5);
        now = now.plusSeconds(2);

        assertThat(refusal()).hasMessage("Why.");
        assertThat(refusal().code()).isEqualTo("E1");
        assertThat(refusal().fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void itsPauseDoublesUpToTwoMinutes() {
        fails(Fault.BUSY, 5);
        for (var seconds : new int[] {5, 10, 20, 40, 80, 120, 120}) {
            assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(refusal()).as("a probe").isNull();
            fails(Fault.UNREACHABLE, 1);
        }
    }

    @Test
    void aWrongLoginStopsAtOnceAndIsProbedOnceAMinute() {
        fails(Fault.SETUP, 1);

        assertThat(refusal().fault()).isEqualTo(Fault.SETUP);
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMinutes(1));
        now = now.plusSeconds(60);
        assertThat(refusal()).isNull();
        assertThat(refusal()).as("one probe at a time").isNotNull();
        fails(Fault.SETUP, 1);
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMinutes(1));
        now = now.plusSeconds(60);
        assertThat(refusal()).isNull();
        breaker.answered();
        assertThat(refusal()).isNull();
        assertThat(refusal()).isNull();
    }

    @Test
    void aProbeThatNeverGotToTheTargetMakesRoomForTheNext() {
        fails(Fault.SETUP, 1);
        now = now.plusSeconds(60);
        assertThat(refusal()).isNull();

        breaker.left();

        assertThat(refusal()).isNull();
    }

    @Test
    void aProbeOfWhichNothingIsHeardAnyMoreIsForgotten() {
        fails(Fault.SETUP, 1);
        now = now.plusSeconds(60);
        assertThat(refusal()).isNull();

        now = now.plusSeconds(121);

        assertThat(refusal()).isNull();
    }
}
