package io.patchbay.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.CallResult;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.intake.Door;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.Journal;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.patchbay.run.RunState;
import io.patchbay.run.RunSteps;
import io.patchbay.run.Runs;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import io.patchbay.upkeep.UpkeepSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Imports of history from a PBX that keeps to its contract. Its rows have no ids, but for those of which it has a recording. */
class CatchUpTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final String LINE = "9000000100";
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant START = ConnectorBench.START;
    private static final Duration DAY = Duration.ofDays(1);

    private final MovableClock clock = new MovableClock(START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private final Door door = new Door();
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
        door.close();
    }

    private void connect(TestDatabase.Kind kind) {
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .secret("token", TOKEN)
                .property("patchbay.intake.public-url", door.address().toString())
                .start();
        door.leadsTo(hub);
    }

    private BeelineEmployee at(String extension) {
        return pbx.company().at(extension);
    }

    private static BeelineParty client(int number) {
        return BeelineParty.outside("+7900100%04d".formatted(number));
    }

    /** Three days of calls, a hunted one across each midnight of the import's slices; nobody told the hub. */
    private int threeDays() {
        for (int i = 0; i < 30; i++) {
            var stories = pbx.stories(START.plus(Duration.ofHours(2L * i)).plusSeconds(60));
            pbx.remember(
                    i % 3 == 0
                            ? stories.answered(client(i), at("201"))
                            : i % 3 == 1
                                    ? stories.missed(client(i), at("202"))
                                    : stories.huntGroup(client(i), LINE, List.of(at("202")), at("203")));
        }
        for (int day = 1; day <= 2; day++) {
            var midnight = START.plus(DAY.multipliedBy(day)).minusSeconds(10);
            pbx.remember(pbx.stories(midnight).huntGroup(client(100 + day), LINE, List.of(at("202")), at("203")));
        }
        clock.set(START.plus(DAY.multipliedBy(4)));
        return 32;
    }

    private Run begin(Instant from, Instant to) {
        return hub.bean(CatchUps.class).begin(COMPANY, hub.connection().id(), new Range(from, to), "Anna");
    }

    private Run threeDaysFromStart() {
        return begin(START, START.plus(DAY.multipliedBy(3)));
    }

    private Run read(Run run) {
        return hub.bean(Runs.class).find(COMPANY, run.id()).orElseThrow();
    }

    private void turn() {
        hub.bean(RunSteps.class).take().forEach(hub.bean(RunSteps.class)::work);
    }

    private Run untilOver(Run run) {
        for (int i = 0; i < 100 && !read(run).state().isOver(); i++) {
            turn();
            clock.advance(Duration.ofSeconds(30));
        }
        return read(run);
    }

    private List<CallRow> calls() {
        return hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 500)).items();
    }

    private void assertEachCallOnce(int count) {
        assertThat(calls()).hasSize(count);
        assertThat(calls()).extracting(call -> call.client().raw()).doesNotHaveDuplicates();
        assertThat(calls())
                .filteredOn(call -> call.client().raw().endsWith("0101")
                        || call.client().raw().endsWith("0102"))
                .hasSize(2)
                .allSatisfy(call ->
                        assertThat(call.result()).as("a call across midnight").isEqualTo(CallResult.ANSWERED));
    }

    @ParameterizedTest
    @EnumSource
    void takesEveryCallOnceAndTellsHowFarItIs(TestDatabase.Kind kind) {
        connect(kind);
        var told = threeDays();

        var run = threeDaysFromStart();
        var done = untilOver(run);

        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.progress().done()).isEqualTo(3);
        assertThat(done.progress().total()).contains(3L);
        assertThat(done.progress().tally().count("imported")).isEqualTo(told);
        assertEachCallOnce(told);
    }

    @ParameterizedTest
    @EnumSource
    void theSameHistoryImportedTwiceChangesNothing(TestDatabase.Kind kind) {
        connect(kind);
        var told = threeDays();
        untilOver(threeDaysFromStart());
        var before = calls();

        var again = untilOver(threeDaysFromStart());

        assertThat(again.progress().tally().count("imported")).isZero();
        assertThat(again.progress().tally().count("known")).isEqualTo(told);
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void aSliceThatWasInHandWhenTheHubWasKilledIsReadAgain() {
        connect(TestDatabase.Kind.SQLITE);
        var told = threeDays();
        var run = threeDaysFromStart();
        untilOver(run);
        // as it stood after the first slice, while the second was stored and not yet noted
        hub.database()
                .jdbc()
                .sql("UPDATE run SET state = 'RUNNING', ended_at = NULL, done = 1, holder = 'killed', lease_until = ?,"
                        + " bookmark = ? WHERE id = ?")
                .params(clock.millis() + 1, Long.toString(START.plus(DAY).toEpochMilli()), run.id())
                .update();

        var done = untilOver(run);

        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.progress().done()).isEqualTo(3);
        assertEachCallOnce(told);
    }

    @ParameterizedTest
    @EnumSource
    void callsThatWereHeardStayOne(TestDatabase.Kind kind) {
        connect(kind);
        hub.bean(UpkeepSteps.class).keep();
        var heard = pbx.stories(START.plusSeconds(60)).answered(client(1), at("201"));
        var half = pbx.stories(START.plusSeconds(600)).huntGroup(client(2), LINE, List.of(at("202")), at("203"));
        pbx.play(heard);
        half.moments().stream().limit(2).forEach(moment -> pbx.push(half, moment));
        pbx.remember(half);
        pbx.remember(pbx.stories(START.plusSeconds(1200)).missed(client(3), at("202")));
        clock.set(START.plus(DAY));

        var run = untilOver(begin(START, START.plus(Duration.ofHours(1))));

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(calls()).hasSize(3);
        assertThat(calls()).extracting(CallRow::result).doesNotContain(CallResult.IN_PROGRESS);
    }

    @Test
    void callsBesideTheRangeAreLeftAlone() {
        connect(TestDatabase.Kind.SQLITE);
        threeDays();

        untilOver(begin(START.plus(Duration.ofHours(2)), START.plus(Duration.ofHours(6))));

        assertThat(calls())
                .extracting(call -> call.client().raw())
                .hasSize(2)
                .allMatch(raw -> raw.endsWith("0001") || raw.endsWith("0002"));
    }

    @Test
    void aPbxThatIsDownIsAskedUntilItAnswers() {
        connect(TestDatabase.Kind.SQLITE);
        var told = threeDays();
        pbx.misbehave(request -> true, 1000, Misbehaviour.answer(Reply.json(503, "{}")));
        var run = threeDaysFromStart();
        for (int i = 0; i < 30; i++) {
            turn();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(read(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(read(run).report()).isNotBlank();
        pbx.behave();

        var done = untilOver(run);

        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertThat(done.report()).isEmpty();
        assertEachCallOnce(told);
    }

    @Test
    void aLoginThatIsRefusedFailsTheRunAndAfterTheCureItGoesOn() {
        connect(TestDatabase.Kind.SQLITE);
        var told = threeDays();
        hub.keepSecret("token", "wrong");
        var run = untilOver(threeDaysFromStart());
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.why()).isEqualTo("SETUP");

        hub.keepSecret("token", TOKEN);
        clock.advance(Duration.ofMinutes(2));
        assertThat(hub.bean(Runs.class).start(COMPANY, run.id())).isTrue();
        var done = untilOver(run);

        assertThat(done.state()).isEqualTo(RunState.DONE);
        assertEachCallOnce(told);
    }

    @Test
    void rowsThatAreNoneAreCountedAndTheNextGoOn() {
        connect(TestDatabase.Kind.SQLITE);
        pbx.misbehave(
                request -> request.path().endsWith("/statistics"),
                1,
                Misbehaviour.answer(Reply.json(
                        200,
                        "[{\"odd\": 1}, {\"startDate\": " + START.plusSeconds(5).toEpochMilli()
                                + ", \"abonent\": {\"userId\": \"u\"}, \"direction\": \"INBOUND\", \"status\":"
                                + " \"MISSED\", \"phone_from\": \"+79000001234\", \"duration\": 0}]")));
        clock.advance(DAY);

        var run = untilOver(begin(START, START.plus(Duration.ofHours(1))));

        assertThat(run.progress().tally().count("put-aside")).isEqualTo(1);
        assertThat(run.progress().tally().count("imported")).isEqualTo(1);
    }

    @Test
    void isRefusedWithTheReasonWhenItCannotBe() {
        connect(TestDatabase.Kind.SQLITE);
        clock.set(START.plus(DAY.multipliedBy(200)));
        refused("too-long", () -> begin(START, START.plus(DAY.multipliedBy(93))));
        refused("future", () -> begin(clock.instant().plus(DAY), clock.instant().plus(DAY.multipliedBy(2))));
        refused(
                "no-history",
                () -> hub.bean(CatchUps.class)
                        .begin(COMPANY, new ConnectionId(404), new Range(START, START.plus(DAY)), "Anna"));
        refused(
                "no-history",
                () -> hub.bean(CatchUps.class)
                        .begin(new CompanyId(2), hub.connection().id(), new Range(START, START.plus(DAY)), "Anna"));
        assertThat(begin(clock.instant().minus(DAY), clock.instant().plus(DAY))
                        .scope()
                        .to())
                .as("the future is not asked for")
                .contains(clock.instant());
    }

    @Test
    void isRefusedWhereTheManifestSaysThatTheHistoryEnds(@TempDir Path folder) throws IOException {
        gazette(folder.resolve("gazette"));
        hub = ConnectorBench.of("gazette").in(folder).hub().clock(clock).start();
        refused("too-old", () -> begin(START.minus(DAY.multipliedBy(31)), START));
        assertThat(begin(START.minus(DAY.multipliedBy(30)), START).state()).isEqualTo(RunState.WAITING);
    }

    /** A PBX that keeps its history for thirty days. */
    private static void gazette(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("mappings"));
        Files.createDirectories(folder.resolve("strings"));
        Files.writeString(folder.resolve("connector.yaml"), """
            id: gazette
            title: Gazette PBX
            kind: pbx
            can: [list-calls]
            base: "https://gazette.test"
            history: 30d
            settings: {}
            """);
        Files.writeString(folder.resolve("operations.camel.yaml"), """
            - templatedRoute:
                routeTemplateRef: translate
                routeId: gazette.list-calls
                parameters: [{name: connector, value: gazette}, {name: operation, value: list-calls}]
            """);
        Files.writeString(folder.resolve("mappings/list-calls.jslt"), "{\"rows\": []}");
        Files.writeString(folder.resolve("strings/en.properties"), "");
        Files.writeString(folder.resolve("strings/ru.properties"), "");
        Files.writeString(
                folder.resolve("icon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>");
    }

    private static void refused(String word, Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        NotBegunException.class,
                        refused -> assertThat(refused.word()).isEqualTo(word));
    }
}
