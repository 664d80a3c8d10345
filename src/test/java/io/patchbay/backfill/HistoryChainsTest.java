package io.patchbay.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.backfill.HistoryChains.Chain;
import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallResult;
import io.patchbay.call.Certainty;
import io.patchbay.call.Direction;
import io.patchbay.call.LinkFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Seat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HistoryChainsTest {

    private static final Instant TEN = Instant.parse("2026-11-25T07:00:00Z");
    private static final String CLIENT = "+79000001235";
    private static final String OTHER = "+79000009999";

    private static final class Row {
        private final ObjectNode json = JsonMapper.shared().createObjectNode();

        Row(String seat, String client, int started) {
            json.put("row", seat + "-" + client + "-" + started)
                    .put("seat", seat)
                    .put("extension", seat)
                    .put("direction", client.matches("\\d{2,4}") ? "INTERNAL" : "INBOUND")
                    .put("client", client)
                    .put("started", TEN.plusSeconds(started).toEpochMilli())
                    .put("result", "MISSED");
        }

        Row talked(int seconds) {
            json.put("result", "ANSWERED").put("talkSeconds", seconds);
            return this;
        }

        Row outbound() {
            json.put("direction", "OUTBOUND").put("result", "NO_ANSWER");
            return this;
        }

        Row answeredAt(int second, int talk) {
            json.put("answered", TEN.plusSeconds(second).toEpochMilli())
                    .put("ended", TEN.plusSeconds(second + talk).toEpochMilli());
            return talked(talk);
        }

        Row session(String id) {
            json.put("call", id);
            return this;
        }

        HistoryRow read() {
            return HistoryRow.read(json, 7, new NumberPlan("RU"));
        }
    }

    @Test
    void aHuntGroupsAgentsAreOneAnsweredCall() {
        var chain = one(new Row("202", CLIENT, 0), new Row("203", CLIENT, 18), new Row("201", CLIENT, 36).talked(60));

        assertThat(call(chain).result(TEN.plusSeconds(1000))).isEqualTo(CallResult.ANSWERED);
        assertThat(call(chain).employees()).containsExactly(new Seat("202"), new Seat("203"), new Seat("201"));
    }

    @Test
    void aCallThatNoAgentTookIsMissedOnce() {
        var chain = one(new Row("202", CLIENT, 0), new Row("201", CLIENT, 18), new Row("202", CLIENT, 36));

        assertThat(call(chain).result(TEN.plusSeconds(1000))).isEqualTo(CallResult.MISSED);
    }

    @Test
    void phonesThatRingTogetherAreOneCall() {
        one(new Row("202", CLIENT, 0), new Row("201", CLIENT, 0).talked(300), new Row("203", CLIENT, 1));
    }

    @Test
    void aTransferThatNobodyTookIsNoMissedCall() {
        var chain = one(new Row("201", CLIENT, 0).talked(120), new Row("202", CLIENT, 127));

        assertThat(call(chain).result(TEN.plusSeconds(1000))).isEqualTo(CallResult.ANSWERED);
    }

    @Test
    void aColleagueWhoWasAskedBeforeTheTransferBelongsToTheCall() {
        one(
                new Row("201", CLIENT, 0).talked(90),
                new Row("201", "202", 60).talked(10),
                new Row("202", CLIENT, 60).talked(80));
    }

    @Test
    void bothSidesOfACallBetweenColleaguesAreOneCall() {
        var chain = one(new Row("201", "202", 0).talked(30), new Row("202", "201", 1).talked(30));

        assertThat(call(chain).direction()).isEqualTo(Direction.INTERNAL);
    }

    @Test
    void aHiddenCallerIsOneCallAtTheAgentsWhoWereTriedForHim() {
        one(new Row("202", "", 0), new Row("201", "", 18).talked(20));
    }

    @Test
    void aTalkWithOneHiddenCallerIsNotTheNextOnes() {
        assertThat(chains(new Row("201", "", 0).talked(20), new Row("202", "", 20)))
                .hasSize(2);
    }

    @Test
    void callsOfOthersLaterOnesAndThoseOfTheSameEmployeeStayApart() {
        assertThat(chains(
                        new Row("201", CLIENT, 0),
                        new Row("202", OTHER, 1),
                        new Row("201", CLIENT, 10),
                        new Row("203", CLIENT, 56)))
                .hasSize(4);
    }

    @Test
    void aClientWhoHasSpokenAndCallsAgainIsHeardAgain() {
        assertThat(chains(
                        new Row("201", CLIENT, 0).answeredAt(8, 60),
                        new Row("202", CLIENT, 80),
                        new Row("203", OTHER, 0).outbound().talked(30),
                        new Row("204", OTHER, 60)))
                .hasSize(4);
    }

    @Test
    void twoCallersBehindOneNumberWhoTalkAtTheSameTimeAreTwoCalls() {
        assertThat(chains(new Row("201", CLIENT, 0).talked(600), new Row("202", CLIENT, 200).talked(100)))
                .hasSize(2);
    }

    @Test
    void callsWithSessionsOfTheirOwnAreNeverJoinedByTime() {
        assertThat(chains(
                        new Row("201", CLIENT, 0).answeredAt(5, 10).session("s1"),
                        new Row("202", CLIENT, 15).answeredAt(20, 10).session("s2")))
                .hasSize(2);
    }

    @Test
    void legsOfOneSessionNeedNoGuess() {
        var chain = one(
                new Row("201", CLIENT, 0).answeredAt(5, 100).session("s1"),
                new Row("202", CLIENT, 50).answeredAt(60, 100).session("s1"));

        assertThat(chain.links()).isEmpty();
    }

    @Test
    void aJoinByTimeIsMarkedAsInferred() {
        var chain = one(
                new Row("202", CLIENT, 0),
                new Row("201", CLIENT, 18).answeredAt(20, 5).session("s1"));

        assertThat(chain.links()).extracting(LinkFact::certainty).containsExactly(Certainty.INFERRED);
    }

    @Test
    void theOrderOfReadingChangesNothing() {
        var rows = new ArrayList<>(List.of(
                new Row("202", CLIENT, 0).read(),
                new Row("203", CLIENT, 18).read(),
                new Row("201", CLIENT, 36).talked(60).read(),
                new Row("202", OTHER, 3).read()));
        var expected = HistoryChains.of(rows);

        for (int seed = 0; seed < 24; seed++) {
            Collections.shuffle(rows, new Random(seed));
            assertThat(HistoryChains.of(rows)).isEqualTo(expected);
        }
    }

    @Test
    void aCallIsCompleteOnlyWhenTheNextAgentWouldHaveBeenTried() {
        assertThat(one(new Row("202", CLIENT, 0)).complete()).isEqualTo(TEN.plusSeconds(45));
        assertThat(one(new Row("201", CLIENT, 0).talked(60)).complete()).isEqualTo(TEN.plusSeconds(60));
    }

    private static Chain one(Row... rows) {
        var chains = chains(rows);
        assertThat(chains).hasSize(1);
        return chains.getFirst();
    }

    private static List<Chain> chains(Row... rows) {
        return HistoryChains.of(Arrays.stream(rows).map(Row::read).toList());
    }

    private static Call call(Chain chain) {
        List<CallFact> facts = chain.facts();
        return Call.of(facts);
    }
}
