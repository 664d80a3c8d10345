package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A run over both databases: begun, previewed, stopped, killed and gone on with. */
class RunStepsTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final CompanyId OTHER = new CompanyId(2);
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
    private static final RunProperties PROPERTIES =
            new RunProperties(2, Duration.ofSeconds(15), Duration.ofSeconds(5), 3, Duration.ofDays(365));

    private final MovableClock clock = new MovableClock(NOW);
    private final CountingWork work = new CountingWork();
    private TestDatabase database;
    private Runs runs;
    private RunSteps steps;

    private void open(TestDatabase.Kind kind) {
        database = TestDatabase.of(kind);
        runs = new Runs(database.jdbc(), clock);
        steps = node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What runs are worked on by after a restart, or on another machine. */
    private RunSteps node() {
        var beans = new StaticListableBeanFactory();
        beans.addBean("work", work);
        return new RunSteps(runs, beans.getBeanProvider(Work.class), PROPERTIES, clock);
    }

    private Run begin() {
        return runs.begin(COMPANY, CountingWork.KIND, Scope.COMPANY, "Anna");
    }

    private Run read(Run run) {
        return runs.find(COMPANY, run.id()).orElseThrow();
    }

    private void work() {
        steps.take().forEach(steps::work);
    }

    @ParameterizedTest
    @EnumSource
    void isDonePieceByPieceAndTellsHowFarItIs(TestDatabase.Kind kind) {
        open(kind);
        var scope = Scope.COMPANY.of(12).between(NOW.minusSeconds(60), NOW).about("call", "c-81");
        var begun = runs.begin(COMPANY, CountingWork.KIND, scope, "Anna");
        assertThat(begun.state()).isEqualTo(RunState.WAITING);
        assertThat(begun.scope()).isEqualTo(scope);
        work.pause = Duration.ofSeconds(1);

        work();
        var one = read(begun);
        assertThat(one.state()).isEqualTo(RunState.RUNNING);
        assertThat(one.progress().done()).isEqualTo(1);
        assertThat(one.progress().total()).contains(10L);
        work();
        assertThat(read(begun).progress().done()).as("it pauses").isEqualTo(1);

        work.pause = Duration.ZERO;
        clock.advance(Duration.ofSeconds(1));
        work();
        var done = read(begun);
        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.report()).isEqualTo("All ten.");
        assertThat(done.progress().tally()).isEqualTo(Tally.of("done", 10));
        assertThat(done.startedAt()).contains(NOW);
        assertThat(done.endedAt()).contains(NOW.plusSeconds(1));
        assertThat(done.begunBy()).isEqualTo("Anna");
        assertThat(work.done).containsExactlyElementsOf(oneToTen());
        work();
        assertThat(work.done).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void showsFirstWhatItWouldDoAndWaitsForAPerson(TestDatabase.Kind kind) {
        open(kind);
        var run = runs.preview(COMPANY, CountingWork.KIND, Scope.COMPANY, "Anna");

        work();
        work();
        assertThat(read(run).state()).isEqualTo(RunState.PREVIEWED);
        assertThat(read(run).progress().tally()).isEqualTo(Tally.of("would", 10));
        assertThat(read(run).startedAt()).isEmpty();
        assertThat(work.done).isEmpty();

        assertThat(runs.start(OTHER, run.id())).isFalse();
        assertThat(runs.start(COMPANY, run.id())).isTrue();
        assertThat(runs.start(COMPANY, run.id())).isFalse();
        work();
        assertThat(read(run).state()).isEqualTo(RunState.DONE);
        assertThat(read(run).would()).isEqualTo(Tally.of("would", 10));
        assertThat(work.done).containsExactlyElementsOf(oneToTen());
    }

    @ParameterizedTest
    @EnumSource
    void stopsAfterThePieceInHandAndGoesOnWhereItWas(TestDatabase.Kind kind) {
        open(kind);
        var run = begin();
        work.meanwhile = now -> {
            if (work.done.size() == 3) {
                assertThat(runs.cancel(COMPANY, now.id())).isTrue();
            }
        };

        work();
        assertThat(read(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(read(run).progress().done()).isEqualTo(3);
        assertThat(read(run).endedAt()).isPresent();
        assertThat(runs.cancel(COMPANY, run.id())).isFalse();
        work();
        assertThat(work.done).hasSize(3);

        assertThat(runs.start(COMPANY, run.id())).isTrue();
        work();
        assertThat(read(run).state()).isEqualTo(RunState.DONE);
        assertThat(work.done).containsExactlyElementsOf(oneToTen());
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtOnceWhenNobodyWorksOnIt(TestDatabase.Kind kind) {
        open(kind);
        var waiting = begin();
        var previewed = runs.preview(COMPANY, CountingWork.KIND, Scope.COMPANY, "Anna");

        assertThat(runs.cancel(OTHER, waiting.id())).isFalse();
        assertThat(runs.cancel(COMPANY, waiting.id())).isTrue();
        work();
        assertThat(runs.cancel(COMPANY, previewed.id())).isTrue();

        assertThat(read(waiting).state()).isEqualTo(RunState.CANCELLED);
        assertThat(read(previewed).state()).isEqualTo(RunState.CANCELLED);
        assertThat(runs.start(COMPANY, previewed.id()))
                .as("what was never shown whole cannot be started")
                .isFalse();
        assertThat(work.done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isGoneOnWithByAnotherWhenItsHubWasKilled(TestDatabase.Kind kind) {
        open(kind);
        var run = begin();
        var killed = new AssertionError("killed");
        work.meanwhile = now -> {
            if (work.done.size() == 4) {
                throw killed;
            }
        };
        var taken = steps.take();
        assertThatThrownBy(() -> steps.work(taken.getFirst())).isSameAs(killed);
        work.meanwhile = now -> {};
        var other = node();

        assertThat(other.take()).as("the lease still holds").isEmpty();
        clock.advance(Duration.ofSeconds(15));
        other.take().forEach(other::work);

        assertThat(read(run).state()).isEqualTo(RunState.DONE);
        assertThat(read(run).progress().done()).isEqualTo(10);
        assertThat(work.done)
                .as("only the piece in hand is done again")
                .containsExactly(1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10);
    }

    @ParameterizedTest
    @EnumSource
    void isInOnePairOfHandsAtATime(TestDatabase.Kind kind) {
        open(kind);
        begin();
        begin();
        begin();
        var other = node();

        var here = steps.take();
        assertThat(here).hasSize(2);
        assertThat(other.take()).hasSize(1).doesNotContainAnyElementsOf(here);
        clock.advance(Duration.ofSeconds(14));
        assertThat(steps.take()).isEmpty();
        clock.advance(Duration.ofSeconds(14));
        assertThat(other.take()).as("who still works keeps its runs").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAFormerHolderStoresIsNotTaken(TestDatabase.Kind kind) {
        open(kind);
        var run = begin();
        work.meanwhile = now -> {
            if (work.done.size() == 2) { // the machine stands still for a minute, another takes over
                work.meanwhile = ignored -> {};
                clock.advance(Duration.ofMinutes(1));
                var other = node();
                other.take().forEach(other::work);
            }
        };

        work();

        assertThat(read(run).state()).isEqualTo(RunState.DONE);
        assertThat(read(run).progress().done()).isEqualTo(10);
        assertThat(read(run).progress().tally()).isEqualTo(Tally.of("done", 10));
    }

    @ParameterizedTest
    @EnumSource
    void isTriedAgainAfterAFailureOfTheMomentAndFailsInTheEnd(TestDatabase.Kind kind) {
        open(kind);
        var run = begin();
        work.trouble = Optional.of(new IllegalStateException("locked"));
        work();
        work.trouble = Optional.empty();
        work();
        assertThat(work.done).as("not at once").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        work();
        assertThat(read(run).state()).isEqualTo(RunState.DONE);

        var hopeless = begin();
        work.trouble = Optional.of(new IllegalStateException("locked"));
        for (int i = 0; i < 3; i++) {
            work();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(read(hopeless).state()).isEqualTo(RunState.FAILED);
        assertThat(read(hopeless).why()).isEqualTo("OURS");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyItCannotGoOnAndMayBeStartedAgainAfterACure(TestDatabase.Kind kind) {
        open(kind);
        var run = begin();
        work.trouble = Optional.of(new RunFailedException("SETUP", "The login was refused."));
        work();
        assertThat(read(run).state()).isEqualTo(RunState.FAILED);
        assertThat(read(run).why()).isEqualTo("SETUP");
        assertThat(read(run).report()).isEqualTo("The login was refused.");

        work.trouble = Optional.empty();
        assertThat(runs.start(COMPANY, run.id())).isTrue();
        work();

        assertThat(read(run).state()).isEqualTo(RunState.DONE);
        assertThat(read(run).why()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatNoWorkIsThereForFailsAndTakesNothingFromTheNext(TestDatabase.Kind kind) {
        open(kind);
        var unknown = runs.begin(COMPANY, "of-another-release", Scope.COMPANY, "Anna");
        var next = begin();

        work();

        assertThat(read(unknown).state()).isEqualTo(RunState.FAILED);
        assertThat(read(unknown).report()).contains("of-another-release");
        assertThat(read(next).state()).isEqualTo(RunState.DONE);
    }

    @ParameterizedTest
    @EnumSource
    void isSeenByItsCompanyOnlyAndForgottenLongAfter(TestDatabase.Kind kind) {
        open(kind);
        var first = begin();
        var second = begin();

        assertThat(runs.find(OTHER, first.id())).isEmpty();
        assertThat(runs.list(OTHER, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(runs.list(COMPANY, Long.MAX_VALUE, 10)).extracting(Run::id).containsExactly(second.id(), first.id());
        assertThat(runs.list(COMPANY, second.id(), 10)).extracting(Run::id).containsExactly(first.id());

        runs.cancel(COMPANY, first.id());
        clock.advance(Duration.ofDays(366));
        steps.forget();
        assertThat(runs.find(COMPANY, first.id())).isEmpty();
        assertThat(runs.find(COMPANY, second.id())).as("it is not over").isPresent();
    }

    private static List<Integer> oneToTen() {
        return IntStream.rangeClosed(1, 10).boxed().toList();
    }
}
