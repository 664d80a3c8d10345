package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.CallResult;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.company.CompanyId;
import io.patchbay.journal.ErasedPersons;
import io.patchbay.journal.Journal;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class SafetyTimerTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant TEN = Instant.parse("2026-11-25T07:00:00Z");

    /** A journal on real tables, and a clock that is moved. */
    private static final class Hub implements AutoCloseable {
        private final TestDatabase database;
        private final MovableClock clock = new MovableClock(TEN);
        private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
        private final Journal journal;
        private final SafetyTimer timer;

        Hub(TestDatabase.Kind kind) {
            database = TestDatabase.of(kind);
            spring.registerBean(JdbcClient.class, database::jdbc);
            spring.registerBean(Clock.class, () -> clock);
            spring.registerBean(ErasedPersons.class, () -> ErasedPersons.NONE);
            spring.scan("io.patchbay.journal", "io.patchbay.directory");
            spring.refresh();
            journal = spring.getBean(Journal.class);
            timer = new SafetyTimer(
                    journal, new SafetyTimer.Limits(Duration.ofMinutes(10), Duration.ofHours(4)), clock);
        }

        void hear(String call, LegPhase phase, Duration since) {
            clock.set(TEN.plus(since));
            database.transactions()
                    .executeWithoutResult(status -> journal.join(COMPANY, List.of(fact(call, phase, TEN.plus(since)))));
        }

        int expire(Duration since) {
            clock.set(TEN.plus(since));
            return Optional.ofNullable(database.transactions().execute(status -> timer.expire()))
                    .orElseThrow()
                    .size();
        }

        Call call(String name) {
            return journal.find(COMPANY, journal.idOf(new CallKey(7, name)).orElseThrow())
                    .orElseThrow()
                    .call();
        }

        @Override
        public void close() {
            spring.close();
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRingThatNeverEndsIsClosedAndMarked(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            hub.hear("s1", LegPhase.RINGING, Duration.ZERO);

            assertThat(hub.expire(Duration.ofMinutes(10))).isZero();
            assertThat(hub.call("s1").isOpen()).isTrue();

            assertThat(hub.expire(Duration.ofMinutes(10).plusSeconds(1))).isOne();
            assertThat(hub.call("s1").endIsUnknown()).isTrue();
            assertThat(hub.call("s1").result(hub.clock.instant().plusSeconds(5)))
                    .isEqualTo(CallResult.MISSED);
            assertThat(hub.expire(Duration.ofMinutes(30))).as("once").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLateEndCorrectsIt(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            hub.hear("s1", LegPhase.TALKING, Duration.ZERO);
            assertThat(hub.expire(Duration.ofHours(4).plusSeconds(1))).isOne();
            assertThat(hub.call("s1").endIsUnknown()).isTrue();

            hub.hear("s1", LegPhase.ENDED, Duration.ofHours(5));

            assertThat(hub.call("s1").endIsUnknown()).isFalse();
            assertThat(hub.call("s1").endedAt()).contains(TEN.plus(Duration.ofHours(5)));
            assertThat(hub.call("s1").talkTime()).isEqualTo(Duration.ofHours(5));
            assertThat(hub.call("s1").result(hub.clock.instant().plusSeconds(5)))
                    .isEqualTo(CallResult.ANSWERED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeHoursWithHoldAreNoReasonToCloseACall(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            hub.hear("s1", LegPhase.TALKING, Duration.ZERO);
            for (int minutes = 30; minutes <= 540; minutes += 30) { // nine hours, with news every half hour
                hub.hear("s1", minutes % 60 == 0 ? LegPhase.TALKING : LegPhase.HELD, Duration.ofMinutes(minutes));
                assertThat(hub.expire(Duration.ofMinutes(minutes + 29))).isZero();
            }
            assertThat(hub.expire(Duration.ofMinutes(540 + 180)))
                    .as("three hours without a word while they speak")
                    .isZero();
            assertThat(hub.call("s1").isOpen()).isTrue();

            hub.hear("s1", LegPhase.ENDED, Duration.ofHours(12).plusMinutes(1));
            assertThat(hub.call("s1").endIsUnknown()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneSilentCallTakesNothingFromTheOthers(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            hub.hear("silent", LegPhase.RINGING, Duration.ZERO);
            hub.hear("over", LegPhase.ENDED, Duration.ZERO);
            hub.hear("speaks", LegPhase.TALKING, Duration.ZERO);
            hub.hear("fresh", LegPhase.RINGING, Duration.ofMinutes(8));

            assertThat(hub.expire(Duration.ofMinutes(11))).isOne();

            assertThat(hub.call("silent").isOpen()).isFalse();
            assertThat(hub.call("speaks").isOpen()).isTrue();
            assertThat(hub.call("fresh").isOpen()).isTrue();
            assertThat(hub.call("over").endIsUnknown()).isFalse();
        }
    }

    /** Two hundred long talks are looked at together; behind them a ring that is over must be found all the same. */
    @ParameterizedTest
    @EnumSource
    void manyLongTalksHideNoSilentRing(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            for (int i = 0; i < 210; i++) {
                hub.hear("talk-" + i, LegPhase.TALKING, Duration.ZERO);
            }
            hub.hear("ring", LegPhase.RINGING, Duration.ofMinutes(1));

            hub.expire(Duration.ofMinutes(20));

            assertThat(hub.call("ring").isOpen()).isFalse();
        }
    }

    private static CallFact fact(String call, LegPhase phase, Instant at) {
        return new LegFact(
                new CallKey(7, call),
                new LegKey(call + "-leg"),
                at,
                phase,
                new Seat("anna"),
                SeatRole.EMPLOYEE,
                Optional.of(Claim.stated(Direction.INBOUND)),
                Optional.of(Claim.stated(new NumberPlan("RU").read("+79000001235"))),
                Optional.empty(),
                new LegTimes(
                        Optional.of(TEN),
                        Optional.empty(),
                        phase == LegPhase.TALKING ? Optional.of(TEN) : Optional.empty(),
                        phase == LegPhase.ENDED ? Optional.of(at) : Optional.empty(),
                        Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
