package io.patchbay.call;

import static io.patchbay.call.Story.ANNA;
import static io.patchbay.call.Story.BORIS;
import static io.patchbay.call.Story.CLARA;
import static io.patchbay.call.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallTest {

    @ParameterizedTest
    @EnumSource
    void endsAsItsStorySays(Stories story) {
        var call = story.story.call();

        assertThat(call.result(Instant.MAX)).isEqualTo(story.result);
        assertThat(call.talkTime()).hasSeconds(story.talkSeconds);
        assertThat(call.responsible(ResponsibleRule.LAST_SPOKE)).isEqualTo(Optional.ofNullable(story.responsible));
    }

    @Test
    void needsAFact() {
        assertThatThrownBy(() -> Call.of()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitsForTheNextRingOfAHunt() {
        var skipped = Story.inbound().rings("a", ANNA, 0).ends("a", ANNA, 10);

        assertThat(skipped.call().result(at(11.9))).isEqualTo(CallResult.IN_PROGRESS);
        assertThat(skipped.rings("b", BORIS, 11.8).call().result(at(60))).isEqualTo(CallResult.IN_PROGRESS);
    }

    @Test
    void staysOpenWhenOneLegIsTransferred() {
        var transferred = Story.inbound()
                .answers("a", ANNA, 0, 5)
                .transfers("a", ANNA, 35, "202", Transfer.Kind.BLIND)
                .rings("b", BORIS, 35);

        assertThat(transferred.call().isOpen()).isTrue();
        assertThat(transferred.call().endedAt()).isEmpty();
    }

    @Test
    void showsTheClientThoughAConsultationShowsAColleague() {
        var call = Stories.ATTENDED_TRANSFER.story.call();

        assertThat(call.client()).isEqualTo(Story.CLIENT);
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.employees()).containsExactly(ANNA, BORIS);
        assertThat(call.keys()).containsExactly(new CallKey(7, "s1"), new CallKey(7, "s2"));
    }

    @Test
    void belongsToWhoSpokeLongerWhenTheColleagueWasAnsweredAtTheSameInstant() {
        var joined = Story.inbound()
                .session("s1", Direction.INBOUND, Story.CLIENT)
                .rings("l1", ANNA, 0)
                .answers("l1", ANNA, 0, 8)
                .session("s2", Direction.INTERNAL, new Extension("202"))
                .answers("l9", ANNA, 40, 45)
                .answers("l2", BORIS, 40, 45)
                .ends("l9", ANNA, 55)
                .ends("l1", ANNA, 55)
                .links("s1", 55)
                .ends("l2", BORIS, 115)
                .call();

        assertThat(joined.responsible(ResponsibleRule.LAST_SPOKE)).contains(BORIS);
    }

    @Test
    void namesItsPersonByTheChosenRule() {
        var call = Stories.HUNT_WITH_A_SKIP.story.call();
        var transferred = Stories.BLIND_TRANSFER.story.call();

        assertThat(call.responsible(ResponsibleRule.FIRST_RANG)).contains(ANNA);
        assertThat(call.responsible(ResponsibleRule.FIRST_SPOKE)).contains(CLARA);
        assertThat(transferred.responsible(ResponsibleRule.FIRST_SPOKE)).contains(ANNA);
        assertThat(transferred.responsible(ResponsibleRule.LAST_SPOKE)).contains(BORIS);
    }

    @Test
    void countsTimeInWhichTwoSpokeOnce() {
        var call = Story.inbound()
                .answers("a", ANNA, 0, 10)
                .answers("b", BORIS, 10, 20)
                .ends("a", ANNA, 30)
                .ends("b", BORIS, 50)
                .call();

        assertThat(call.talkTime()).hasSeconds(40);
        assertThat(call.waitTime()).hasSeconds(10);
    }

    @Test
    void marksAnEndThatNobodySaw() {
        var lost = Stories.LOST_END.story.call();

        assertThat(lost.endIsUnknown()).isTrue();
        assertThat(lost.endedAt()).contains(at(30));
    }

    @Test
    void takesATrueEndThatComesAfterTheSafetyTimer() {
        var call = Stories.LATE_END_AFTER_EXPIRY.story.call();

        assertThat(call.endIsUnknown()).isFalse();
        assertThat(call.endedAt()).contains(at(3005));
    }

    @Test
    void waitsForTheSafetyTimerWhenNothingButARecordingIsKnown() {
        var recorded = Story.inbound().isRecorded(10);

        assertThat(recorded.call().isOpen()).isTrue();
        assertThat(recorded.expires(1000).call().isOpen()).isFalse();
    }

    @Test
    void isOutboundWhenWeOrderedItWhateverThePbxShows() {
        var call = Story.inbound()
                .from(new Extension("201"))
                .orders("a", ANNA, 0)
                .rings("a", ANNA, 1)
                .call();

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.directionIsGuessed()).isFalse();
        assertThat(call.client()).isEqualTo(Story.CLIENT);
    }

    @Test
    void prefersTheSurerClaim() {
        var guess = leg(0, new Claim<>(Direction.INBOUND, Certainty.GUESSED));
        var inferred = leg(5, new Claim<>(Direction.OUTBOUND, Certainty.INFERRED));

        assertThat(Call.of(guess).directionIsGuessed()).isTrue();
        assertThat(Call.of(guess, inferred).direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(Call.of(guess, inferred).directionIsGuessed()).isFalse();
    }

    @Test
    void isAnEmployeesLegAsSoonAsAnyFactSaysSo() {
        var answered = Story.inbound().answers("a", ANNA, 0, 5).call();
        var earlierAsGroup = withRole(leg(0, Claim.stated(Direction.INBOUND)), SeatRole.GROUP);

        assertThat(answered.with(earlierAsGroup).answeredAt()).contains(at(5));
    }

    @Test
    void tellsApartNumbersThatLookAlikeWhenMasked() {
        var one =
                withClient(leg(0, Claim.stated(Direction.INBOUND)), new PhoneNumber("+79000001235", "9000001235", ""));
        var other =
                withClient(leg(0, Claim.stated(Direction.INBOUND)), new PhoneNumber("+79009991235", "9009991235", ""));

        assertThat(Call.of(one, other).client()).isEqualTo(Call.of(other, one).client());
    }

    @Test
    void countsATalkFromItsFirstSignWhenThePbxDoesNotTellItsBeginning() {
        var call = Stories.TALK_WITHOUT_ITS_BEGINNING.story.call();

        assertThat(call.answeredAt()).contains(at(10));
        assertThat(call.talkTime()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void foldsAHistoryRowIntoTheLegThatTheEventsTold() {
        var call = Stories.LISTED_IN_HISTORY_TOO.story.call();

        assertThat(call.legs()).singleElement().extracting(Leg::key).isEqualTo(new LegKey("a"));
    }

    @Test
    void keepsAHistoryRowOfAnotherSeatOrTimeAsALegOfItsOwn() {
        var live = Story.inbound().rings("a", ANNA, 0).ends("a", ANNA, 20);

        assertThat(live.isListed("r1", BORIS, 0, 5, 20)
                        .isListed("r2", ANNA, 5.1, 6, 20)
                        .call()
                        .legs())
                .hasSize(3);
    }

    @Test
    void closesALegAtAHistoryRowWhoseEventsLostTheEnd() {
        var call = Story.inbound()
                .rings("a", ANNA, 0)
                .isListed("r1", ANNA, 1, 5, 65)
                .call();

        assertThat(call.result(at(100))).isEqualTo(CallResult.ANSWERED);
        assertThat(call.legs()).hasSize(1);
    }

    @Test
    void neverShowsAFullNumberInItsText() {
        assertThat(List.of(Stories.INBOUND_ANSWERED.story.call().toString(), Story.CLIENT.toString()))
                .noneMatch(text -> text.contains("0000012"));
    }

    private static LegFact leg(double second, Claim<Direction> direction) {
        return new LegFact(
                new CallKey(7, "s1"),
                new LegKey("a"),
                at(second),
                LegPhase.RINGING,
                ANNA,
                SeatRole.EMPLOYEE,
                Optional.of(direction),
                Optional.empty(),
                Optional.empty(),
                LegTimes.started(at(second)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static LegFact withRole(LegFact leg, SeatRole role) {
        return new LegFact(
                leg.call(),
                leg.leg(),
                leg.at(),
                leg.phase(),
                leg.seat(),
                role,
                leg.direction(),
                leg.client(),
                leg.line(),
                leg.times(),
                leg.cause(),
                leg.endedBy(),
                leg.transfer());
    }

    private static LegFact withClient(LegFact leg, Party client) {
        return new LegFact(
                leg.call(),
                leg.leg(),
                leg.at(),
                leg.phase(),
                leg.seat(),
                leg.role(),
                leg.direction(),
                Optional.of(Claim.stated(client)),
                leg.line(),
                leg.times(),
                leg.cause(),
                leg.endedBy(),
                leg.transfer());
    }
}
