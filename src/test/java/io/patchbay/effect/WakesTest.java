package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WakesTest {

    private static final Instant NOW = Instant.parse("2024-06-10T06:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource
    void theDatabaseKeepsItsPromises(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            keepsItsPromises(new JdbcWakes(database.jdbc()));
        }
    }

    @Test
    void memoryKeepsItsPromises() {
        keepsItsPromises(new InMemoryWakes());
    }

    private static void keepsItsPromises(Wakes wakes) {
        countsWhatIsOpen(wakes);
        handsOutWhatIsDueOnceAMinute(wakes);
        keepsTheEarlierTime(wakes);
        finishesOnlyWhatWasSeen(wakes);
        handsOutLiveCallsFirst(wakes);
    }

    private static void countsWhatIsOpen(Wakes wakes) {
        assertThat(wakes.open()).isEmpty();
        wakes.wake(new CallId(70), 5, "g", true, NOW, NOW.plusSeconds(30));
        wakes.wake(new CallId(71), 5, "g", true, NOW, NOW.plusSeconds(30));
        wakes.wake(new CallId(71), 6, "g", true, NOW, NOW.plusSeconds(30));

        assertThat(wakes.open()).containsOnly(Map.entry(5L, 2), Map.entry(6L, 1));

        wakes.looked(wakes.of(new CallId(70), 5).orElseThrow(), Optional.empty());
        wakes.looked(wakes.of(new CallId(71), 5).orElseThrow(), Optional.empty());
        wakes.looked(wakes.of(new CallId(71), 6).orElseThrow(), Optional.empty());
        assertThat(wakes.open()).isEmpty();
    }

    private static void handsOutWhatIsDueOnceAMinute(Wakes wakes) {
        var call = new CallId(1);
        wakes.wake(call, 12, "g", true, NOW, NOW.plusSeconds(30));

        assertThat(wakes.take(NOW, MINUTE, 10)).isEmpty();
        assertThat(wakes.take(NOW.plusSeconds(30), MINUTE, 10))
                .extracting(Wake::call)
                .containsExactly(call);
        assertThat(wakes.take(NOW.plusSeconds(89), MINUTE, 10)).isEmpty();
        assertThat(wakes.take(NOW.plusSeconds(90), MINUTE, 10)).hasSize(1);
        wakes.looked(wakes.of(call, 12).orElseThrow(), Optional.empty());
        assertThat(wakes.take(NOW.plusSeconds(900), MINUTE, 10)).isEmpty();
    }

    private static void keepsTheEarlierTime(Wakes wakes) {
        var call = new CallId(2);
        wakes.wake(call, 12, "g", true, NOW.plusSeconds(5), NOW.plusSeconds(5));
        wakes.wake(call, 12, "g2", false, NOW.plusSeconds(60), NOW.plusSeconds(60));

        var kept = wakes.of(call, 12).orElseThrow();
        assertThat(kept.dueAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(kept.group()).isEqualTo("g2");
        assertThat(kept.live()).isFalse();
        wakes.looked(kept, Optional.empty());
    }

    private static void finishesOnlyWhatWasSeen(Wakes wakes) {
        var call = new CallId(3);
        wakes.wake(call, 12, "g", true, NOW, NOW);
        var seen = wakes.of(call, 12).orElseThrow();
        wakes.wake(call, 12, "g", true, NOW, NOW); // news while the look was going on

        wakes.looked(seen, Optional.empty());
        var newer = wakes.of(call, 12).orElseThrow();
        wakes.looked(newer, Optional.of(NOW.plusSeconds(7)));

        assertThat(wakes.take(NOW.plusSeconds(6), MINUTE, 10)).isEmpty();
        assertThat(wakes.take(NOW.plusSeconds(7), MINUTE, 10)).hasSize(1);
        wakes.looked(wakes.of(call, 12).orElseThrow(), Optional.empty());
        assertThat(wakes.of(call, 12)).isEmpty();
    }

    private static void handsOutLiveCallsFirst(Wakes wakes) {
        wakes.wake(new CallId(4), 12, "g", false, NOW, NOW);
        wakes.wake(new CallId(5), 12, "g", true, NOW.plusSeconds(1), NOW.plusSeconds(1));

        assertThat(wakes.take(NOW.plusSeconds(2), MINUTE, 10))
                .extracting(Wake::call)
                .containsExactly(new CallId(5), new CallId(4));
    }
}
