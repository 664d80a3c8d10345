package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {

    private static final Instant NOW = Instant.parse("2024-06-10T06:00:00.123Z");
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final CallId CALL = new CallId(81);

    @ParameterizedTest
    @EnumSource
    void theDatabaseKeepsItsPromises(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            keepsItsPromises(new JdbcLedger(database.jdbc()));
        }
    }

    @Test
    void memoryKeepsItsPromises() {
        keepsItsPromises(new InMemoryLedger());
    }

    private static void keepsItsPromises(Ledger ledger) {
        Consumer<Ledger> all = LedgerTest::keepsAllMembers;
        all.andThen(LedgerTest::letsOnlyOneBeginAnEffect)
                .andThen(LedgerTest::pagesTheParked)
                .andThen(LedgerTest::remembersAttempts)
                .accept(ledger);
    }

    private static void keepsAllMembers(Ledger ledger) {
        var started = ledger.put(effect(CALL, EffectKind.SHOW_CARD, "102").started(NOW))
                .orElseThrow();
        var waiting = ledger.put(started.failed(Fault.BUSY, "Too many", Optional.of(NOW.plusSeconds(5)), NOW))
                .orElseThrow();

        assertThat(waiting.version()).isEqualTo(2);
        assertThat(ledger.of(CALL, 12)).containsExactly(waiting);
        assertThat(ledger.of(CALL, 13)).isEmpty();

        var done = ledger.put(waiting.started(NOW).done(Optional.of("7"), Optional.of("https://crm/7"), NOW))
                .orElseThrow();
        assertThat(ledger.of(CALL)).containsExactly(done);
        assertThat(done.attempts()).isEqualTo(2);
    }

    private static void letsOnlyOneBeginAnEffect(Ledger ledger) {
        var call = new CallId(82);
        var first = ledger.put(effect(call, EffectKind.OPEN_CALL, "").started(NOW));

        assertThat(first).isPresent();
        assertThat(ledger.put(effect(call, EffectKind.OPEN_CALL, "").started(NOW)))
                .isEmpty();

        var mine = ledger.put(first.get().done(Optional.of("1"), Optional.empty(), NOW));
        assertThat(mine).isPresent();
        assertThat(ledger.put(first.get().done(Optional.of("2"), Optional.empty(), NOW)))
                .isEmpty();
        assertThat(ledger.of(call)).containsExactly(mine.get());
        assertThat(ledger.of(List.of(call, CALL, new CallId(9_999))))
                .hasSize(2)
                .containsEntry(call, List.of(mine.get()))
                .containsEntry(CALL, ledger.of(CALL));
        assertThat(ledger.of(List.of())).isEmpty();
    }

    private static void pagesTheParked(Ledger ledger) {
        for (var call = 90; call < 93; call++) {
            var started = ledger.put(
                            effect(new CallId(call), EffectKind.LOG_CALL, "").started(NOW))
                    .orElseThrow();
            ledger.put(started.failed(Fault.REFUSED, "no " + call, Optional.empty(), NOW));
        }
        var first = ledger.parked(COMPANY, Long.MAX_VALUE, 2);
        var second = ledger.parked(COMPANY, first.getLast().id(), 2);

        assertThat(first).extracting(Effect::lastError).containsExactly("no 92", "no 91");
        assertThat(second).extracting(Effect::lastError).containsExactly("no 90");
        assertThat(ledger.parked(new CompanyId(2), Long.MAX_VALUE, 9)).isEmpty();
        assertThat(ledger.parked(COMPANY, 12, Long.MAX_VALUE, 2)).isEqualTo(first);
        assertThat(ledger.parked(COMPANY, 13, Long.MAX_VALUE, 2)).isEmpty();
        assertThat(ledger.parkedCounts(COMPANY)).containsExactly(Map.entry(12L, 3));
        assertThat(ledger.parkedCounts(new CompanyId(2))).isEmpty();
    }

    private static void remembersAttempts(Ledger ledger) {
        var effect = ledger.put(effect(new CallId(95), EffectKind.LOG_CALL, "").started(NOW))
                .orElseThrow();
        var failed = new Attempt(1, NOW, Duration.ofMillis(812), Optional.of(Fault.BUSY), "429", "Too many");
        var well = new Attempt(2, NOW.plusSeconds(5), Duration.ofMillis(90), Optional.empty(), "", "");

        ledger.attempted(effect, failed);
        ledger.attempted(effect, well);

        assertThat(ledger.attempts(effect.id())).containsExactly(failed, well);
    }

    private static Effect effect(CallId call, EffectKind kind, String subject) {
        return Effect.due(COMPANY, call, 12, kind, subject, Optional.of(new Seat("102")), NOW);
    }
}
