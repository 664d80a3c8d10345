package io.patchbay.connectors.beeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.ResponsibleRule;
import io.patchbay.call.Seat;
import io.patchbay.journal.FactJson;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineEmployee;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStories;
import io.patchbay.sandbox.BeelineStories.ClickOutcome;
import io.patchbay.sandbox.BeelineStories.OutboundOutcome;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.testing.MovableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** What the simulated PBX pushes, over HTTP and through the mapping, joins to the call that the story tells. */
class BeelineStoriesTest {

    private static final Instant START = Instant.parse("2026-03-09T07:30:00Z");
    private static final String LINE = "9000000100";
    private static final BeelineParty CLIENT = BeelineParty.outside("+79000001234");
    private static final BeelineCompany COMPANY = BeelineCompany.small();
    private static final BeelineEmployee IVAN = COMPANY.at("201");
    private static final BeelineEmployee ANNA = COMPANY.at("202");
    private static final BeelineEmployee STORE = COMPANY.at("203");

    private final BeelinePbx pbx = new BeelinePbx(COMPANY, "t", new MovableClock(START), 7);
    private final Callback callback = new Callback();

    @AfterEach
    void close() {
        pbx.close();
        callback.close();
    }

    /** @param responsible empty for nobody */
    private record Told(
            String name,
            Function<BeelineStories, BeelineStory> story,
            String result,
            String direction,
            String client,
            String line,
            int legs,
            long talkSeconds,
            String responsible) {}

    private static final List<Told> ALL = List.of(
            told("answered", s -> s.answered(CLIENT, IVAN), "ANSWERED", "+79000000201", 1, 60, IVAN),
            told("on a line", s -> s.answeredOnLine(CLIENT, LINE, IVAN), "ANSWERED", 1, 60, IVAN),
            told(
                    "with hold",
                    s -> s.answeredWithHold(CLIENT, IVAN, Duration.ofSeconds(20)),
                    "ANSWERED",
                    "+79000000201",
                    1,
                    80,
                    IVAN),
            told("missed", s -> s.missed(CLIENT, ANNA), "MISSED", "+79000000202", 1, 0, ANNA),
            told("busy", s -> s.busy(CLIENT, ANNA), "MISSED", "+79000000202", 1, 0, ANNA),
            told("missed by group", s -> s.missedByGroup(CLIENT, LINE, List.of(ANNA, IVAN)), "MISSED", 3, 0, ANNA),
            told("hunt group", s -> s.huntGroup(CLIENT, LINE, List.of(ANNA, STORE), IVAN), "ANSWERED", 3, 60, IVAN),
            told("rings all", s -> s.ringsAll(CLIENT, LINE, ANNA, List.of(IVAN, STORE)), "ANSWERED", 3, 60, ANNA),
            told("menu hang-up", s -> s.menuHangUp(CLIENT, LINE), "MISSED", 1, 0, null),
            told("blind", s -> s.blindTransfer(CLIENT, LINE, IVAN, ANNA, true), "ANSWERED", 2, 90, ANNA),
            told("blind, not taken", s -> s.blindTransfer(CLIENT, LINE, IVAN, ANNA, false), "ANSWERED", 2, 30, IVAN),
            told("recall", s -> s.recalledTransfer(CLIENT, LINE, IVAN, ANNA), "ANSWERED", 3, 60, IVAN),
            told("attended", s -> s.attendedTransfer(CLIENT, LINE, IVAN, ANNA), "ANSWERED", 3, 107, ANNA),
            told("forwarded", s -> s.forwarded(CLIENT, IVAN, ANNA), "ANSWERED", "+79000000201", 2, 60, ANNA),
            told("picked up", s -> s.pickedUp(CLIENT, IVAN, ANNA), "ANSWERED", "+79000000201", 2, 60, ANNA),
            told(
                    "hidden",
                    s -> s.missed(BeelineParty.hidden(), ANNA),
                    "MISSED",
                    "INBOUND",
                    "hidden",
                    "+79000000202",
                    1,
                    0,
                    ANNA),
            told(
                    "foreign",
                    s -> s.answered(BeelineParty.outside("+4930123456"), ANNA),
                    "ANSWERED",
                    "INBOUND",
                    "+4930123456",
                    "+79000000202",
                    1,
                    60,
                    ANNA),
            outbound(OutboundOutcome.ANSWERED, "ANSWERED", 60),
            outbound(OutboundOutcome.SILENT, "CANCELLED", 0),
            outbound(OutboundOutcome.BUSY, "BUSY", 0),
            outbound(OutboundOutcome.NO_SUCH_NUMBER, "FAILED", 0),
            click(ClickOutcome.ANSWERED, "ANSWERED", 60),
            click(ClickOutcome.CLIENT_SILENT, "CANCELLED", 0),
            click(ClickOutcome.CLIENT_BUSY, "BUSY", 0),
            click(ClickOutcome.EMPLOYEE_SILENT, "CANCELLED", 0),
            click(ClickOutcome.EMPLOYEE_REFUSES, "CANCELLED", 0),
            told("internal", s -> s.internal(IVAN, ANNA, true), "ANSWERED", "INTERNAL", "202", "", 2, 60, ANNA),
            told(
                    "internal, not taken",
                    s -> s.internal(IVAN, ANNA, false),
                    "CANCELLED",
                    "INTERNAL",
                    "202",
                    "",
                    2,
                    0,
                    IVAN));

    @TestFactory
    Stream<DynamicTest> everyStoryBecomesItsCallInAnyOrderAndDoubled() throws Exception {
        subscribe("ADVANCED_CALL");
        var tests = new ArrayList<DynamicTest>();
        for (var told : ALL) {
            var before = callback.bodies().size();
            pbx.play(told.story.apply(pbx.stories()));
            var bodies = callback.bodies().subList(before, callback.bodies().size());
            tests.add(dynamicTest(told.name, () -> {
                var call = Call.of(facts(bodies));
                assertCall(call, told);

                var mixed = new ArrayList<>(bodies);
                mixed.addAll(bodies);
                for (var seed = 0; seed < 5; seed++) {
                    Collections.shuffle(mixed, new Random(seed));
                    assertThat(Call.of(facts(mixed))).isEqualTo(call);
                }
            }));
        }
        return tests.stream();
    }

    @Test
    void withBasicEventsAnAnsweredCallIsComplete() throws Exception {
        subscribe("BASIC_CALL");

        pbx.play(pbx.stories().answeredWithHold(CLIENT, IVAN, Duration.ofSeconds(20)));

        assertThat(pbx.delivered())
                .extracting(BeelinePbx.Delivered::kind)
                .containsExactly("CallReceivedEvent", "CallAnsweredEvent", "CallReleasedEvent");
        assertThat(Call.of(facts(callback.bodies())).talkTime()).hasSeconds(80);
    }

    @Test
    void theHistorysRowOfAPushedCallChangesNoneOfItsInstants() throws Exception {
        subscribe("ADVANCED_CALL");
        pbx.play(pbx.stories().answered(CLIENT, IVAN));
        var pushed = Call.of(facts(callback.bodies()));
        // what a row of start and length comes to: no ring time, so it is answered and over too early
        var row = FactJson.read(
                JsonMapper.shared().readTree("""
                    {"kind": "leg", "call": "history:r-1", "leg": "history:r-1", "phase": "ENDED", "seat": "%s",
                     "at": %3$d, "started": %2$d, "answered": %2$d, "ended": %3$d}\
                    """.formatted(
                                IVAN.userId(),
                                START.toEpochMilli(),
                                START.plusSeconds(60).toEpochMilli())),
                1,
                new NumberPlan("RU"));

        var both = pushed.with(row);

        assertThat(both.legs()).hasSize(1);
        assertThat(both.answeredAt()).isEqualTo(pushed.answeredAt());
        assertThat(both.endedAt()).isEqualTo(pushed.endedAt());
        assertThat(both.waitTime()).isEqualTo(pushed.waitTime());
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        try (var other = new BeelinePbx(COMPANY, "t", new MovableClock(START), 7)) {
            assertThat(other.stories()
                            .attendedTransfer(CLIENT, LINE, IVAN, ANNA)
                            .tracking())
                    .isEqualTo(pbx.stories()
                            .attendedTransfer(CLIENT, LINE, IVAN, ANNA)
                            .tracking());
        }
    }

    private static void assertCall(Call call, Told told) {
        var later = call.endedAt().orElseThrow().plus(Call.SETTLING);
        assertThat(call.result(later)).hasToString(told.result);
        assertThat(call.direction()).hasToString(told.direction);
        assertThat(shown(call.client())).isEqualTo(told.client);
        assertThat(call.line().map(l -> l.number()).orElse("")).isEqualTo(told.line);
        assertThat(call.legs()).hasSize(told.legs);
        assertThat(call.talkTime().toSeconds()).isEqualTo(told.talkSeconds);
        assertThat(call.responsible(ResponsibleRule.LAST_SPOKE).map(Seat::id).orElse(""))
                .isEqualTo(told.responsible);
    }

    private static String shown(Party party) {
        return party instanceof PhoneNumber number
                ? number.e164()
                : party instanceof HiddenNumber ? "hidden" : ((Extension) party).digits();
    }

    private static List<CallFact> facts(List<byte[]> bodies) {
        var plan = new NumberPlan("RU");
        return bodies.stream()
                .flatMap(body -> Decoding.of(body).output().path("facts").valueStream())
                .map(fact -> FactJson.read(fact, 1, plan))
                .toList();
    }

    private void subscribe(String type) throws Exception {
        var body = "{\"expires\":3600,\"subscriptionType\":\"" + type + "\",\"url\":\"" + callback.url() + "\"}";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(pbx.baseUrl() + "/subscription"))
                            .header("X-MPBX-API-AUTH-TOKEN", "t")
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static Told told(
            String name,
            Function<BeelineStories, BeelineStory> story,
            String result,
            int legs,
            long talkSeconds,
            BeelineEmployee responsible) {
        return told(name, story, result, "+7" + LINE, legs, talkSeconds, responsible);
    }

    private static Told told(
            String name,
            Function<BeelineStories, BeelineStory> story,
            String result,
            String line,
            int legs,
            long talkSeconds,
            BeelineEmployee responsible) {
        return told(name, story, result, "INBOUND", "+79000001234", line, legs, talkSeconds, responsible);
    }

    private static Told told(
            String name,
            Function<BeelineStories, BeelineStory> story,
            String result,
            String direction,
            String client,
            String line,
            int legs,
            long talkSeconds,
            BeelineEmployee responsible) {
        return new Told(
                name,
                story,
                result,
                direction,
                client,
                line,
                legs,
                talkSeconds,
                responsible == null ? "" : responsible.userId());
    }

    private static Told outbound(OutboundOutcome outcome, String result, long talkSeconds) {
        return told(
                "outbound " + outcome,
                s -> s.outbound(IVAN, CLIENT, outcome),
                result,
                "OUTBOUND",
                "+79000001234",
                "",
                1,
                talkSeconds,
                IVAN);
    }

    private static Told click(ClickOutcome outcome, String result, long talkSeconds) {
        return told(
                "click-to-call " + outcome,
                s -> s.clickToCall(ANNA, CLIENT, outcome),
                result,
                "OUTBOUND",
                "+79000001234",
                "",
                1,
                talkSeconds,
                ANNA);
    }
}
