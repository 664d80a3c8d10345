package io.patchbay.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.company.CompanyId;
import io.patchbay.intake.Door;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.Journal;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStories;
import io.patchbay.sandbox.BeelineStories.ClickOutcome;
import io.patchbay.sandbox.BeelineStories.OutboundOutcome;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import io.patchbay.upkeep.UpkeepSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** routes/backfill/compare.camel.yaml as shipped, against a PBX that keeps to its contract; only the timer is the test's. */
class CompareRouteTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final String LINE = "9000000100";
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final BeelineParty CLIENT = BeelineParty.outside("+79000001234");

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private final Door door = new Door();
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
        door.close();
    }

    private void connect(TestDatabase.Kind kind) throws Exception {
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .secret("token", TOKEN)
                .property("patchbay.intake.public-url", door.address().toString())
                .start();
        door.leadsTo(hub);
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/backfill/compare.camel.yaml",
                "compare",
                Map.of("backfillSteps", hub.bean(BackfillSteps.class)));
    }

    private void subscribe() {
        hub.bean(UpkeepSteps.class).keep();
        assertThat(pbx.liveSubscriptions()).hasSize(1);
    }

    private void compare() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:compare", null);
    }

    /** A story and what its call must be. */
    private record Told(BeelineStory story, Direction direction, CallResult result, int employees) {}

    private BeelineEmployee at(String extension) {
        return pbx.company().at(extension);
    }

    /** One of each, half an hour in all; each with a number of its own, so that each is found again. */
    private Map<String, Told> anHour(Instant start) {
        var told = new LinkedHashMap<String, Told>();
        var next = new ArrayList<Instant>(List.of(start));
        var in = Direction.INBOUND;
        var out = Direction.OUTBOUND;
        add(told, next, "answered", in, CallResult.ANSWERED, 1, (s, c) -> s.answered(c, at("201")));
        add(told, next, "missed", in, CallResult.MISSED, 1, (s, c) -> s.missed(c, at("202")));
        add(told, next, "busy", in, CallResult.MISSED, 1, (s, c) -> s.busy(c, at("202")));
        add(
                told,
                next,
                "hunt",
                in,
                CallResult.ANSWERED,
                3,
                (s, c) -> s.huntGroup(c, LINE, List.of(at("202"), at("203")), at("201")));
        add(
                told,
                next,
                "hunted by one without recording",
                in,
                CallResult.ANSWERED,
                2,
                (s, c) -> s.huntGroup(c, LINE, List.of(at("202")), at("203")));
        add(
                told,
                next,
                "missed by all",
                in,
                CallResult.MISSED,
                3,
                (s, c) -> s.missedByGroup(c, LINE, List.of(at("201"), at("202"), at("203"))));
        add(
                told,
                next,
                "rings all",
                in,
                CallResult.ANSWERED,
                3,
                (s, c) -> s.ringsAll(c, LINE, at("201"), List.of(at("202"), at("203"))));
        add(
                told,
                next,
                "blind",
                in,
                CallResult.ANSWERED,
                2,
                (s, c) -> s.blindTransfer(c, LINE, at("201"), at("202"), true));
        add(
                told,
                next,
                "blind untaken",
                in,
                CallResult.ANSWERED,
                2,
                (s, c) -> s.blindTransfer(c, LINE, at("201"), at("203"), false));
        add(
                told,
                next,
                "attended",
                in,
                CallResult.ANSWERED,
                2,
                (s, c) -> s.attendedTransfer(c, LINE, at("201"), at("202")));
        add(told, next, "forwarded", in, CallResult.ANSWERED, 2, (s, c) -> s.forwarded(c, at("203"), at("202")));
        add(told, next, "picked up", in, CallResult.ANSWERED, 2, (s, c) -> s.pickedUp(c, at("203"), at("202")));
        add(
                told,
                next,
                "recalled",
                in,
                CallResult.ANSWERED,
                2,
                (s, c) -> s.recalledTransfer(c, LINE, at("201"), at("202")));
        add(
                told,
                next,
                "out",
                out,
                CallResult.ANSWERED,
                1,
                (s, c) -> s.outbound(at("202"), c, OutboundOutcome.ANSWERED));
        add(
                told,
                next,
                "out silent",
                out,
                CallResult.NO_ANSWER,
                1,
                (s, c) -> s.outbound(at("202"), c, OutboundOutcome.SILENT));
        add(
                told,
                next,
                "clicked",
                out,
                CallResult.ANSWERED,
                1,
                (s, c) -> s.clickToCall(at("201"), c, ClickOutcome.ANSWERED));
        return told;
    }

    private interface Telling {
        BeelineStory tell(BeelineStories stories, BeelineParty client);
    }

    private void add(
            Map<String, Told> told,
            List<Instant> next,
            String name,
            Direction direction,
            CallResult result,
            int employees,
            Telling telling) {
        var number = "+7900000%04d".formatted(2000 + told.size());
        var story = telling.tell(pbx.stories(next.getFirst()), BeelineParty.outside(number));
        next.set(0, story.endsAt().plusSeconds(90));
        assertThat(told.put(number, new Told(story, direction, result, employees)))
                .as(name)
                .isNull();
    }

    private Instant end(Map<String, Told> told) {
        return told.values().stream()
                .map(one -> one.story().endsAt())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOfAnHourWithoutEventsStandsInTheJournalOnce(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        var told = anHour(ConnectorBench.START);
        told.values().forEach(one -> pbx.remember(one.story()));
        clock.set(end(told).plusSeconds(600));

        compare();

        assertEachOnce(told);
        var before = calls();
        compare();
        clock.advance(Duration.ofMinutes(3));
        compare();
        assertThat(calls()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void callsThatWereHeardAreMetAgainInTheHistoryAndStayOne(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        subscribe();
        var told = anHour(ConnectorBench.START);
        told.values().forEach(one -> pbx.play(one.story()));
        clock.set(end(told).plusSeconds(600));
        var heard = calls();
        assertEachOnce(told);

        compare();

        assertThat(calls())
                .extracting(CallRow::id)
                .isEqualTo(heard.stream().map(CallRow::id).toList());
        for (var call : calls()) {
            var before = heard.stream()
                    .filter(one -> one.id().equals(call.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(call.result()).isEqualTo(before.result());
            assertThat(call.talkTime()).isEqualTo(before.talkTime());
            assertThat(call.responsible()).isEqualTo(before.responsible());
        }
        compare();
        var again = calls();
        compare();
        assertThat(calls()).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource
    void everySecondEventLostIsMadeGoodByTheHistory(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        subscribe();
        var told = anHour(ConnectorBench.START);
        var lost = 0;
        for (var one : told.values()) {
            for (var moment : one.story().moments()) {
                if (lost++ % 2 == 0) {
                    pbx.push(one.story(), moment);
                }
            }
            pbx.remember(one.story());
        }
        clock.set(end(told).plusSeconds(600));

        compare();

        assertEachOnce(told);
    }

    @ParameterizedTest
    @EnumSource
    void hiddenCallersAreNotDoubled(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        subscribe();
        var heard = pbx.stories().answered(BeelineParty.hidden(), at("201"));
        var hunted = pbx.stories(ConnectorBench.START.plusSeconds(600))
                .huntGroup(BeelineParty.hidden(), LINE, List.of(at("202")), at("201"));
        pbx.play(heard);
        pbx.remember(hunted);
        clock.set(hunted.endsAt().plusSeconds(300));

        compare();

        assertThat(calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.result()).isEqualTo(CallResult.ANSWERED));
    }

    @ParameterizedTest
    @EnumSource
    void callsBetweenColleaguesAreNotDoubled(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        subscribe();
        var heard = pbx.stories().internal(at("201"), at("202"), true);
        var unheard = pbx.stories(ConnectorBench.START.plusSeconds(600)).internal(at("202"), at("203"), true);
        pbx.play(heard);
        pbx.remember(unheard);
        clock.set(unheard.endsAt().plusSeconds(300));

        compare();

        assertThat(calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.direction()).isEqualTo(Direction.INTERNAL));
    }

    @Test
    void twoCallsOfOneClientThatWereHeardAreNotJoinedByTheirTimes() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        subscribe();
        pbx.play(pbx.stories().missed(CLIENT, at("202")));
        pbx.play(pbx.stories(ConnectorBench.START.plusSeconds(30)).answered(CLIENT, at("203")));
        clock.advance(Duration.ofMinutes(10));

        compare();

        assertThat(calls())
                .extracting(CallRow::result)
                .containsExactlyInAnyOrder(CallResult.MISSED, CallResult.ANSWERED);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aCallInProgressIsNotEndedByAnEarlierAttemptOfTheSameClient() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        subscribe();
        pbx.remember(pbx.stories().missed(CLIENT, at("201"))); // its events were lost
        var talk = pbx.stories(ConnectorBench.START.plusSeconds(80))
                .talking(Duration.ofMinutes(20))
                .answered(CLIENT, at("202"));
        talk.moments().subList(0, 2).forEach(moment -> pbx.push(talk, moment));
        clock.advance(Duration.ofMinutes(10));

        compare();

        assertThat(calls()).hasSize(2);
        assertThat(calls().getFirst().result()).isEqualTo(CallResult.IN_PROGRESS);
    }

    @Test
    void aHuntedCallWhoseTalkGoesOnIsNotMissedByTheAgentsWhoWereSkipped() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        subscribe();
        var story =
                pbx.stories().talking(Duration.ofMinutes(20)).huntGroup(CLIENT, LINE, List.of(at("202")), at("201"));
        var end = story.moments().size() - 1;
        story.moments().subList(0, end).forEach(moment -> pbx.push(story, moment));
        // the PBX writes the row of the agent who was skipped at once
        pbx.remember(new BeelineStory(
                story.name(),
                story.tracking(),
                LINE,
                List.of(),
                List.of(story.rows().getFirst())));
        clock.advance(Duration.ofMinutes(5));

        compare();

        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.result()).isEqualTo(CallResult.IN_PROGRESS));
    }

    @Test
    void aCallIsLeftToItsEventsWhileTheNextAgentMayBeTried() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        pbx.remember(pbx.stories().missed(CLIENT, at("202")));
        clock.advance(Duration.ofSeconds(70));

        compare();
        assertThat(calls()).isEmpty();

        clock.advance(Duration.ofMinutes(3));
        compare();
        assertThat(calls()).hasSize(1);
    }

    @Test
    void readsAllPagesAndAHuntedCallThatLiesAcrossTwo() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        var start = ConnectorBench.START;
        // newest first: the older row of the hunted call opens the second page
        var hunted = pbx.stories(start).missedByGroup(CLIENT, LINE, List.of(at("201"), at("202")));
        pbx.remember(hunted);
        for (int i = 0; i < 99; i++) {
            pbx.remember(pbx.stories(start.plusSeconds(100 + i))
                    .missed(BeelineParty.outside("+7900001%04d".formatted(i)), at("203")));
        }
        clock.advance(Duration.ofMinutes(30));

        compare();

        assertThat(calls()).hasSize(100);
        assertThat(pbx.requests(request -> request.path().endsWith("/statistics")))
                .hasSize(2);
    }

    @Test
    void aPbxThatIgnoresThePageDoesNotHoldTheHubForEver() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        var rows = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            rows.add(row(ConnectorBench.START.plusSeconds(i), "u-1", "+7900001%04d".formatted(i)));
        }
        answer(9, "[" + String.join(",", rows) + "]");
        clock.advance(Duration.ofMinutes(30));

        compare();

        assertThat(calls()).hasSize(100);
        assertThat(pbx.requests(request -> request.path().endsWith("/statistics")))
                .hasSize(2);
    }

    @Test
    void aBadRowIsPutAsideAndTheNextGoOn() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        var started = ConnectorBench.START;
        answer(
                1,
                "[{\"odd\":1},{\"startDate\":" + started.toEpochMilli()
                        + ",\"direction\":\"SIDEWAYS\",\"abonent\":{\"userId\":\"u\"}},"
                        + "{\"direction\":\"INBOUND\",\"status\":\"MISSED\",\"abonent\":{\"userId\":\"u\"}},7,"
                        + row(started, "u-1", "+79000001234") + "]");
        clock.advance(Duration.ofMinutes(10));

        compare();

        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.startedAt()).isEqualTo(started));
    }

    @Test
    void anEmptyAnswerDoesNotMoveTheWindow() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        pbx.remember(pbx.stories().missed(CLIENT, at("202")));
        clock.advance(Duration.ofMinutes(10));
        compare();
        var first = ConnectorBench.START.plus(Duration.ofMinutes(10));
        // for hours the PBX says nothing of what happened
        answer(20, "[]");
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofHours(1));
            compare();
        }
        pbx.remember(pbx.stories(first.plusSeconds(60)).missed(CLIENT, at("203")));

        compare();

        assertThat(calls()).hasSize(2);
    }

    @Test
    void whatHappenedWhileThePbxCouldNotBeAskedIsReadWhenItCan() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        pbx.remember(pbx.stories().missed(CLIENT, at("202")));
        clock.advance(Duration.ofMinutes(10));
        compare();
        pbx.remember(pbx.stories().missed(CLIENT, at("203")));
        pbx.misbehave(request -> true, 100, Misbehaviour.answer(Reply.json(503, "{}")));
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofHours(1));
            compare();
        }
        pbx.behave();
        clock.advance(Duration.ofHours(1));

        compare();

        assertThat(calls()).hasSize(2);
    }

    @Test
    void onePageThatFailsIsReadAgainFromTheBeginning() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        for (int i = 0; i < 101; i++) {
            pbx.remember(pbx.stories(ConnectorBench.START.plusSeconds(i))
                    .missed(BeelineParty.outside("+7900001%04d".formatted(i)), at("203")));
        }
        clock.advance(Duration.ofMinutes(30));
        pbx.misbehave(request -> request.queryValue("page").filter("1"::equals).isPresent(), 1, Misbehaviour.cut());

        compare();
        assertThat(calls()).isEmpty();

        clock.advance(Duration.ofMinutes(3));
        compare();
        assertThat(calls()).hasSize(101);
    }

    @Test
    void aConnectionThatFailsTakesNothingFromTheNext() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        pbx.remember(pbx.stories().missed(CLIENT, at("202")));
        clock.advance(Duration.ofMinutes(10));
        var other = hub.bean(io.patchbay.connection.Connections.class)
                .add(COMPANY, "beeline", "Second", hub.connection().settings());
        hub.bean(io.patchbay.connection.Secrets.class)
                .keep(other.id(), "token", new io.patchbay.connection.Secret(TOKEN));
        hub.keepSecret("token", "wrong");

        compare();

        assertThat(calls())
                .singleElement()
                .satisfies(call ->
                        assertThat(call.connection()).isEqualTo(other.id().value()));
    }

    private static String row(Instant started, String user, String number) {
        return "{\"startDate\":%d,\"abonent\":{\"userId\":\"%s\"},\"direction\":\"INBOUND\",\"status\":\"MISSED\",\"phone_from\":\"%s\",\"duration\":0}"
                .formatted(started.toEpochMilli(), user, number);
    }

    private void answer(int times, String json) {
        pbx.misbehave(
                request -> request.path().endsWith("/statistics"), times, Misbehaviour.answer(Reply.json(200, json)));
    }

    private List<CallRow> calls() {
        return hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 500)).items();
    }

    private void assertEachOnce(Map<String, Told> told) {
        var journal = hub.bean(Journal.class);
        assertThat(calls()).hasSameSizeAs(told.keySet());
        told.forEach((number, expected) -> {
            var name = expected.story().name();
            var found = calls().stream()
                    .filter(call -> call.client() instanceof io.patchbay.call.PhoneNumber phone
                            && phone.e164().equals(number))
                    .toList();
            assertThat(found).as(name).hasSize(1);
            var call = found.getFirst();
            // only the events know who gave up
            assertThat(call.result() == CallResult.CANCELLED ? CallResult.NO_ANSWER : call.result())
                    .as(name)
                    .isEqualTo(expected.result());
            assertThat(call.direction()).as(name).isEqualTo(expected.direction());
            assertThat(journal.find(COMPANY, call.id()).orElseThrow().call().employees())
                    .as(name)
                    .hasSize(expected.employees());
        });
    }
}
