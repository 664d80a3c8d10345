package io.patchbay.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.effect.EffectRunner;
import io.patchbay.effect.EffectState;
import io.patchbay.effect.Ledger;
import io.patchbay.effect.RuleBook;
import io.patchbay.journal.Journal;
import io.patchbay.rules.Rule;
import io.patchbay.rules.RuleSet;
import io.patchbay.rules.TaskChoice;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.patchbay.run.RunState;
import io.patchbay.run.RunSteps;
import io.patchbay.run.Runs;
import io.patchbay.run.Tally;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import io.patchbay.testing.ToldCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays of calls whose wake-ups were all lost, on real tables and beside an account that keeps to contracts/crm/amocrm.md. */
class ReplayTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant START = ConnectorBench.START;
    private static final Range HOUR = new Range(START, START.plus(Duration.ofHours(1)));
    private static final Optional<Long> EVERYWHERE = Optional.empty();
    private static final String BY = "Anna";

    private final MovableClock clock = new MovableClock(START);
    private final AtomicLong seconds = new AtomicLong();

    /** It never feels hurried: the pace is proved by the connector's own tests. */
    private final AmoAccount account = new AmoAccount(clock, () -> seconds.addAndGet(1_000_000_000), 0);

    private ConnectorBench hub;
    private long crm;
    private long pbx;

    @AfterEach
    void close() {
        hub.close();
        account.close();
    }

    private void connect(TestDatabase.Kind kind) {
        hub = ConnectorBench.of("amocrm")
                .hub()
                .on(kind)
                .clock(clock)
                .at(account.address())
                .setting("subdomain", "romashka")
                .secret("longLivedToken", account.longLivedToken(Duration.ofDays(365)))
                .property("patchbay.replay.at-once", "2")
                .property("patchbay.replay.most", "100")
                .start();
        crm = hub.connection().id().value();
        pbx = hub.bean(Connections.class)
                .add(COMPANY, "beeline", "PBX", Map.of())
                .id()
                .value();
    }

    private List<CallId> missed(int calls) {
        var ids = new ArrayList<CallId>();
        for (int i = 0; i < calls; i++) {
            var facts = new ToldCall(pbx, "missed-" + i, START.plusSeconds(60L * i))
                    .from("+7912312%04d".formatted(i))
                    .leg("201", 0, -1, 20)
                    .facts();
            ids.add(hub.database()
                    .transactions()
                    .execute(status -> hub.bean(Journal.class).join(COMPANY, facts))
                    .getFirst()
                    .id());
        }
        clock.advance(Duration.ofHours(2));
        return ids;
    }

    private Replays replays() {
        return hub.bean(Replays.class);
    }

    private Run read(Run run) {
        return hub.bean(Runs.class).find(COMPANY, run.id()).orElseThrow();
    }

    /** What the queue of the connection does with each wake-up. */
    private void look() {
        hub.database()
                .jdbc()
                .sql("SELECT call_id FROM wake WHERE connection_id = ? AND due_at <= ? ORDER BY call_id")
                .params(crm, clock.millis())
                .query(Long.class)
                .list()
                .forEach(call -> hub.bean(EffectRunner.class).look(crm, new CallId(call)));
    }

    private void turn() {
        hub.bean(RunSteps.class).take().forEach(hub.bean(RunSteps.class)::work);
    }

    private void refuseEntries() {
        account.misbehave(
                request -> request.path().endsWith("/notes")
                        || request.path().endsWith("/calls")
                        || request.path().contains("/unsorted"),
                1000,
                Misbehaviour.answer(Reply.json(405, "{}")));
    }

    private Run untilOver(Run run) {
        for (int i = 0; i < 200 && !read(run).state().isOver() && read(run).state() != RunState.PREVIEWED; i++) {
            turn();
            look();
            clock.advance(Duration.ofSeconds(1));
        }
        return read(run);
    }

    private Run replayed() {
        return untilOver(replays().between(COMPANY, HOUR, EVERYWHERE, BY, false));
    }

    private Tally eachOf(String word, int count, String... operations) {
        var tally = Tally.NONE;
        for (var operation : operations) {
            tally = tally.and(word, crm, operation, count);
        }
        return tally;
    }

    @ParameterizedTest
    @EnumSource
    void showsFirstWhatItWouldDoAndThenDoesJustThatOnce(TestDatabase.Kind kind) {
        connect(kind);
        missed(5);

        var run = untilOver(replays().between(COMPANY, HOUR, Optional.of(crm), BY, true));
        assertThat(run.state()).isEqualTo(RunState.PREVIEWED);
        assertThat(run.progress().tally()).isEqualTo(eachOf("would", 5, "create-client", "log-call", "create-task"));
        assertThat(account.calls()).isEmpty();
        assertThat(account.requests()).as("a preview asks nobody").isEmpty();

        assertThat(hub.bean(Runs.class).start(COMPANY, run.id())).isTrue();
        var done = untilOver(run);
        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.progress().done()).isEqualTo(5);
        assertThat(done.progress().total()).contains(5L);
        assertThat(done.progress().tally()).isEqualTo(eachOf("done", 5, "create-client", "log-call", "create-task"));
        assertThat(done.would()).isEqualTo(run.progress().tally());
        assertThat(account.calls()).hasSize(5);
        assertThat(account.tasks()).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource
    void doesNothingTheSecondTime(TestDatabase.Kind kind) {
        connect(kind);
        missed(5);
        replayed();
        var asked = account.requests().size();

        var again = replayed();

        assertThat(again.state()).isEqualTo(RunState.DONE);
        assertThat(again.progress().tally())
                .isEqualTo(eachOf("already", 5, "create-client", "log-call", "create-task"));
        assertThat(account.requests()).as("nobody is even asked").hasSize(asked);
    }

    @ParameterizedTest
    @EnumSource
    void stoppedMidwayItFinishesWhatIsUnderWayAndGoesOnWhereItWas(TestDatabase.Kind kind) {
        connect(kind);
        missed(8);
        var run = replays().between(COMPANY, HOUR, EVERYWHERE, BY, false);
        turn();
        look();
        clock.advance(Duration.ofSeconds(1));
        turn();
        assertThat(hub.bean(Runs.class).cancel(COMPANY, run.id())).isTrue();
        for (int i = 0; i < 10; i++) {
            turn();
            look();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(read(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(account.calls()).hasSize(4);

        assertThat(hub.bean(Runs.class).start(COMPANY, run.id())).isTrue();
        var done = untilOver(run);

        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.progress().done()).isEqualTo(8);
        assertThat(account.calls()).hasSize(8);
        assertThat(account.tasks()).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource
    void triesAgainWhatAConnectionGaveUp(TestDatabase.Kind kind) {
        connect(kind);
        refuseEntries();
        var calls = missed(3);
        replayed();
        assertThat(hub.bean(Ledger.class).parkedCounts(COMPANY)).containsEntry(crm, 3);
        account.behave();
        clock.advance(Duration.ofMinutes(10));

        var preview = untilOver(replays().parked(COMPANY, crm, BY, true));
        assertThat(preview.progress().tally().count("would")).isEqualTo(6);
        hub.bean(Runs.class).start(COMPANY, preview.id());
        var run = untilOver(preview);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.progress().tally().lines())
                .extracting(line -> line.outcome().word() + " " + line.outcome().of() + " " + line.count())
                .containsExactlyInAnyOrder("done log-call 3", "done create-task 3", "already create-client 3");
        assertThat(account.calls()).hasSize(3);
        assertThat(account.tasks()).hasSize(3);
        calls.forEach(call -> assertThat(hub.bean(Ledger.class).of(call, crm))
                .allMatch(effect -> effect.state() == EffectState.DONE));
        assertThat(hub.bean(Ledger.class).parkedCounts(COMPANY)).isEmpty();
    }

    @Test
    void whatIsRefusedAgainIsToldAsGivenUpAgain() {
        connect(TestDatabase.Kind.SQLITE);
        refuseEntries();
        missed(2);

        var run = replayed();

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.progress().tally().count("parked")).isEqualTo(2);
    }

    @Test
    void ofATargetThatIsDownItSaysThatTheWorkGoesOnByItself() {
        connect(TestDatabase.Kind.SQLITE);
        missed(4);
        account.misbehave(request -> true, 1000, Misbehaviour.answer(Reply.json(503, "{}")));

        var run = replayed();

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.progress().tally().count("waiting")).isEqualTo(4);
        assertThat(account.calls()).isEmpty();
    }

    @Test
    void leavesOutWhatIsSwitchedOffAndSaysSo() {
        connect(TestDatabase.Kind.SQLITE);
        missed(3);
        hub.bean(Connections.class).change(hub.connection().id(), Connections.Change.enabled(false));

        var run = replayed();

        assertThat(run.progress().tally()).isEqualTo(Tally.NONE.and("skipped", crm, "switched-off", 3));
        assertThat(account.requests()).isEmpty();
    }

    @Test
    void concernsOneCallOnlyWhenOneIsNamed() {
        connect(TestDatabase.Kind.SQLITE);
        var calls = missed(3);

        var run = untilOver(replays().ofCall(COMPANY, calls.get(1), EVERYWHERE, BY, false));

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(account.calls()).hasSize(1);
        assertThat(hub.bean(Ledger.class).of(calls.get(1), crm)).isNotEmpty();
    }

    @Test
    void whenThePlanChangedOnlyTheDifferenceIsDone() {
        connect(TestDatabase.Kind.SQLITE);
        var rules = hub.bean(RuleBook.class);
        rules.replace(COMPANY, crm, RuleSet.of(Rule.of().task(new TaskChoice.None())));
        missed(2);
        replayed();
        assertThat(account.tasks()).isEmpty();

        rules.replace(COMPANY, crm, RuleSet.DEFAULT);
        var run = replayed();

        assertThat(run.progress().tally())
                .isEqualTo(eachOf("already", 2, "create-client", "log-call").and(eachOf("done", 2, "create-task")));
        assertThat(account.calls()).hasSize(2);
        assertThat(account.tasks()).hasSize(2);
    }

    @Test
    void isRefusedWithTheReasonWhenItCannotBe() {
        connect(TestDatabase.Kind.SQLITE);
        refused("order", () -> new Range(START, START));
        refused(
                "too-long",
                () -> replays()
                        .between(COMPANY, new Range(START, START.plus(Duration.ofDays(32))), EVERYWHERE, BY, true));
        refused("no-receiver", () -> replays().between(COMPANY, HOUR, Optional.of(pbx), BY, true));
        refused("no-receiver", () -> replays().parked(new CompanyId(2), crm, BY, true));
        refused("no-call", () -> replays().ofCall(COMPANY, new CallId(404), EVERYWHERE, BY, true));
        missed(101);
        refused(
                "too-many",
                () -> replays()
                        .between(COMPANY, new Range(START, START.plus(Duration.ofDays(1))), EVERYWHERE, BY, true));
        assertThat(hub.bean(Runs.class).list(COMPANY, Long.MAX_VALUE, 10)).isEmpty();
    }

    private static void refused(String word, Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        NotBegunException.class,
                        refused -> assertThat(refused.word()).isEqualTo(word));
    }
}
