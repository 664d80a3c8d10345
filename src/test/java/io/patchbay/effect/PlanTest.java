package io.patchbay.effect;

import static io.patchbay.effect.Story.ANNA;
import static io.patchbay.effect.Story.BORIS;
import static io.patchbay.effect.Story.VERA;
import static io.patchbay.effect.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.Direction;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Set<Operation> OPENING = EnumSet.of(
            Operation.OPEN_CALL,
            Operation.CLOSE_CALL,
            Operation.SHOW_CARD,
            Operation.HIDE_CARD,
            Operation.ATTACH_RECORDING,
            Operation.CREATE_TASK);
    private static final Set<Operation> LOGGING = EnumSet.of(
            Operation.FIND_CLIENT,
            Operation.CREATE_CLIENT,
            Operation.SHOW_CARD,
            Operation.LOG_CALL,
            Operation.CREATE_TASK);
    private static final Party PHONE = new NumberPlan("RU").read("+79000001235");
    private static final CallId CALL = new CallId(81);

    /** One connection and its ledger over the length of a call; every step that is due succeeds at once. */
    private static final class Connection {
        private final Set<Operation> abilities;
        private final List<Effect> ledger = new ArrayList<>();
        private boolean clientKnown;
        private final EnumSet<EffectKind> refused = EnumSet.noneOf(EffectKind.class);
        private Set<Seat> mapped = Set.of(ANNA, BORIS, VERA);

        Connection(Set<Operation> abilities) {
            this.abilities = abilities;
        }

        Plan plan(Call call, Instant now) {
            return Plan.of(new Situation(
                    call, clientKnown, mapped::contains, RuleSet.DEFAULT, abilities, List.copyOf(ledger), now));
        }

        /** What was done until nothing was due any more, e.g. {@code SHOW_CARD 102 103}. */
        List<String> look(Call call, long second) {
            var done = new ArrayList<String>();
            for (var plan = plan(call, at(second)); !plan.due().isEmpty(); plan = plan(call, at(second))) {
                var step = plan.due().getFirst();
                step.parts().forEach(part -> store(step, part, at(second)));
                done.add((step.kind() + " " + String.join(" ", subjects(step))).strip());
                clientKnown |= step.kind() == EffectKind.CREATE_CLIENT && !refused.contains(step.kind());
            }
            return done;
        }

        private void store(Step step, Step.Part part, Instant now) {
            ledger.removeIf(e -> e.kind() == step.kind() && e.subject().equals(part.subject()));
            var intent = Effect.due(new CompanyId(1), CALL, 12, step.kind(), part.subject(), part.seat(), now)
                    .started(now);
            ledger.add(
                    refused.contains(step.kind())
                            ? intent.failed(Fault.REFUSED, "no", Optional.empty(), now)
                            : intent.done(Optional.of("x"), Optional.empty(), now));
        }

        private static List<String> subjects(Step step) {
            return step.parts().stream().map(Step.Part::subject).toList();
        }

        Optional<Seat> seatOf(EffectKind kind) {
            return ledger.stream()
                    .filter(e -> e.kind() == kind)
                    .findFirst()
                    .orElseThrow()
                    .seat();
        }
    }

    @Test
    void anAnsweredCallIsOpenedWhenItRingsAndClosedWhenItIsSettled() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("OPEN_CALL");
        assertThat(connection.look(call.answers(ANNA, 5).call(), 5)).isEmpty();
        assertThat(connection.look(call.ends(ANNA, 60).call(), 60)).isEmpty();
        assertThat(connection.look(call.call(), 62)).containsExactly("CLOSE_CALL");
        assertThat(connection.look(call.call(), 63)).isEmpty();
        assertThat(connection.look(call.recorded("rec-1", 90).call(), 90)).containsExactly("ATTACH_RECORDING rec-1");
    }

    @Test
    void theVerdictIsAwaited() {
        var ended = Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call();

        assertThat(new Connection(OPENING).plan(ended, at(20)).lookAgain()).contains(at(22));
    }

    @Test
    void simultaneousRingingShowsTheOthersAtOnceAndHidesThemAfterTheAnswer() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0).rings(BORIS, 0).rings(VERA, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("OPEN_CALL", "SHOW_CARD 102 103");
        assertThat(connection.look(call.answers(BORIS, 5).call(), 5)).containsExactly("HIDE_CARD 101 103");
        assertThat(connection.look(
                        call.ends(ANNA, 5).ends(VERA, 5).ends(BORIS, 60).call(), 70))
                .containsExactly("CLOSE_CALL");
        assertThat(connection.seatOf(EffectKind.CLOSE_CALL)).contains(BORIS);
    }

    @Test
    void aHuntGroupMovesTheCardAlongAndBackAgain() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0);
        connection.look(call.call(), 0);

        assertThat(connection.look(call.ends(ANNA, 10).call(), 10)).containsExactly("HIDE_CARD 101");
        assertThat(connection.look(call.rings(BORIS, 11).call(), 11)).containsExactly("SHOW_CARD 102");
        assertThat(connection.look(call.ends(BORIS, 20).ringsAgain(ANNA, 20).call(), 20))
                .containsExactly("HIDE_CARD 102", "SHOW_CARD 101#2");
    }

    @Test
    void aTransferShowsTheNextEmployeeAndLeavesTheFirstHisCard() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0).answers(ANNA, 5);
        connection.look(call.call(), 5);

        assertThat(connection.look(call.rings(BORIS, 30).call(), 30)).containsExactly("SHOW_CARD 102");
        assertThat(connection.look(call.ends(ANNA, 31).answers(BORIS, 35).call(), 35))
                .isEmpty();
        assertThat(connection.look(call.ends(BORIS, 90).call(), 92)).containsExactly("CLOSE_CALL");
        assertThat(connection.seatOf(EffectKind.CLOSE_CALL)).contains(BORIS);
    }

    @Test
    void aMissedCallEndsWithATask() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0).call();
        connection.look(call, 0);
        var missed = Story.inbound().rings(ANNA, 0).ends(ANNA, 30).call();

        assertThat(connection.look(missed, 32)).containsExactly("HIDE_CARD 101", "CLOSE_CALL", "CREATE_TASK");
    }

    @Test
    void aCallThatIsOverWhenFirstSeenShowsNoCard() {
        var call = Story.inbound()
                .rings(ANNA, 0)
                .rings(BORIS, 0)
                .answers(BORIS, 4)
                .ends(ANNA, 4)
                .ends(BORIS, 60);

        assertThat(new Connection(OPENING).look(call.call(), 600)).containsExactly("OPEN_CALL", "CLOSE_CALL");
    }

    @Test
    void aMissedCallOfDaysAgoMakesNoTask() {
        var call = Story.inbound().rings(ANNA, 0).ends(ANNA, 30).call();

        assertThat(new Connection(OPENING).look(call, 3 * 86_400)).containsExactly("OPEN_CALL", "CLOSE_CALL");
    }

    @Test
    void aCallThatEndedInTheMenuIsWrittenToo() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().menu(0, 15).call();

        assertThat(connection.look(call, 10)).isEmpty();
        assertThat(connection.look(call, 17)).containsExactly("OPEN_CALL", "CLOSE_CALL", "CREATE_TASK");
        assertThat(connection.seatOf(EffectKind.CLOSE_CALL)).isEmpty();
    }

    @Test
    void anUnmappedEmployeeHoldsUpNothing() {
        var connection = new Connection(OPENING);
        connection.mapped = Set.of(BORIS);
        var call = Story.inbound().rings(ANNA, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("OPEN_CALL");
        assertThat(connection.seatOf(EffectKind.OPEN_CALL)).isEmpty();
        assertThat(connection.look(call.rings(BORIS, 1).rings(VERA, 1).call(), 1))
                .containsExactly("SHOW_CARD 102");
        assertThat(connection.look(
                        call.ends(ANNA, 9).ends(BORIS, 9).ends(VERA, 9).call(), 11))
                .contains("CLOSE_CALL");
    }

    @Test
    void theFirstMappedOfSeveralRingingOpensTheCall() {
        var connection = new Connection(OPENING);
        connection.mapped = Set.of(BORIS);

        connection.look(Story.inbound().rings(ANNA, 0).rings(BORIS, 0).call(), 0);

        assertThat(connection.seatOf(EffectKind.OPEN_CALL)).contains(BORIS);
    }

    @Test
    void aTargetThatLogsGetsTheClientFirst() {
        var connection = new Connection(LOGGING);
        var call = Story.inbound().rings(ANNA, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("SHOW_CARD 101");
        assertThat(connection.look(call.ends(ANNA, 20).call(), 22))
                .containsExactly("CREATE_CLIENT", "LOG_CALL", "CREATE_TASK");
    }

    @Test
    void aKnownClientIsNotMadeAgain() {
        var connection = new Connection(LOGGING);
        connection.clientKnown = true;

        assertThat(connection.look(Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call(), 22))
                .containsExactly("LOG_CALL", "CREATE_TASK");
    }

    @Test
    void aRefusedClientDoesNotKeepTheCallOut() {
        var connection = new Connection(LOGGING);
        connection.refused.add(EffectKind.CREATE_CLIENT);

        assertThat(connection.look(Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call(), 22))
                .containsExactly("CREATE_CLIENT", "LOG_CALL", "CREATE_TASK");
    }

    @Test
    void aRefusedEntryStopsWhatHangsOnIt() {
        var connection = new Connection(OPENING);
        connection.refused.add(EffectKind.OPEN_CALL);
        var call = Story.inbound().rings(ANNA, 0).rings(BORIS, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("OPEN_CALL");
        assertThat(connection.look(call.ends(ANNA, 20).ends(BORIS, 20).call(), 22))
                .isEmpty();
    }

    @Test
    void aTargetThatTakesNoRecordingLaterWaitsAWhileForIt() {
        var connection = new Connection(LOGGING);
        connection.clientKnown = true;
        var call = Story.inbound().rings(ANNA, 0).answers(ANNA, 5).ends(ANNA, 60);

        assertThat(connection.look(call.call(), 62)).isEmpty();
        assertThat(connection.plan(call.call(), at(62)).lookAgain()).contains(at(82));
        assertThat(connection.look(call.call(), 82)).containsExactly("LOG_CALL");

        var recorded = new Connection(LOGGING);
        recorded.clientKnown = true;
        assertThat(recorded.look(call.recorded("rec-1", 61).call(), 62)).containsExactly("LOG_CALL");
    }

    @Test
    void outboundOpensWhenItStartsAndMakesNoClient() {
        var connection = new Connection(OPENING);
        var call = Story.of(Direction.OUTBOUND, PHONE).rings(ANNA, 0);

        assertThat(connection.look(call.call(), 0)).containsExactly("OPEN_CALL");

        var logging = new Connection(LOGGING);
        assertThat(logging.look(call.ends(ANNA, 20).call(), 22)).containsExactly("LOG_CALL");
    }

    @Test
    void aCallThatGoesOnAfterItsVerdictShowsNoMoreCards() {
        var connection = new Connection(OPENING);
        var call = Story.inbound().rings(ANNA, 0).ends(ANNA, 20);
        connection.look(call.call(), 30);

        assertThat(connection.look(call.rings(BORIS, 31).call(), 31)).isEmpty();
        assertThat(connection.look(call.ends(BORIS, 40).call(), 50)).isEmpty();
    }

    @Test
    void aHintWhereARecordingMayBeIsNoRecording() {
        var call = Story.inbound()
                .rings(ANNA, 0)
                .answers(ANNA, 5)
                .perhapsRecorded(6)
                .ends(ANNA, 60);
        var logging = new Connection(LOGGING);
        logging.clientKnown = true;

        assertThat(new Connection(OPENING).look(call.call(), 62)).containsExactly("OPEN_CALL", "CLOSE_CALL");
        assertThat(logging.plan(call.call(), at(62)).lookAgain()).contains(at(82));
        assertThat(logging.look(call.recorded("7", 70).call(), 70)).containsExactly("LOG_CALL");
    }

    @Test
    void anInternalCallConcernsNoTarget() {
        var call = Story.of(Direction.INTERNAL, new Extension("102"))
                .rings(ANNA, 0)
                .ends(ANNA, 9);

        assertThat(new Connection(OPENING).look(call.call(), 60)).isEmpty();
        assertThat(new Connection(LOGGING).look(call.call(), 60)).isEmpty();
    }

    @Test
    void aHiddenCallerIsWrittenWithoutClientAndWithoutTask() {
        var call =
                Story.of(Direction.INBOUND, new HiddenNumber()).rings(ANNA, 0).ends(ANNA, 9);

        assertThat(new Connection(LOGGING).look(call.call(), 60)).containsExactly("LOG_CALL");
    }

    @Test
    void aClickFromTheTargetUsesTheEntryItAlreadyHas() {
        var connection = new Connection(OPENING);
        connection.ledger.add(Effect.due(new CompanyId(1), CALL, 12, EffectKind.OPEN_CALL, "", Optional.of(ANNA), at(0))
                .done(Optional.of("entry-of-the-target"), Optional.empty(), at(0)));
        var call = Story.of(Direction.OUTBOUND, PHONE).ordered(ANNA, 0).rings(ANNA, 1);

        assertThat(connection.look(call.call(), 1)).isEmpty();
        assertThat(connection.look(call.answers(ANNA, 9).ends(ANNA, 30).call(), 32))
                .containsExactly("CLOSE_CALL");
    }

    @Test
    void aTargetThatOpensNothingInThisWayOfLoginLogsInstead() {
        var abilities = EnumSet.copyOf(OPENING);
        abilities.add(Operation.LOG_CALL);
        var connection = new Connection(abilities);
        connection.ledger.add(Effect.due(new CompanyId(1), CALL, 12, EffectKind.OPEN_CALL, "", Optional.of(ANNA), at(0))
                .skipped(at(0)));

        assertThat(connection.look(Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call(), 22))
                .containsExactly("LOG_CALL", "CREATE_TASK");
    }

    @Test
    void aWaitingEffectIsLookedAtWhenItsTimeComes() {
        var connection = new Connection(OPENING);
        connection.ledger.add(Effect.due(new CompanyId(1), CALL, 12, EffectKind.OPEN_CALL, "", Optional.of(ANNA), at(0))
                .started(at(0))
                .failed(Fault.BUSY, "later", Optional.of(at(40)), at(0)));
        var call = Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call();

        assertThat(connection.plan(call, at(30)).due()).isEmpty();
        assertThat(connection.plan(call, at(30)).lookAgain()).contains(at(40));
        assertThat(connection.look(call, 40)).startsWith("OPEN_CALL").contains("CLOSE_CALL");
    }

    @Test
    void aCardThatCameTooLateIsDropped() {
        var connection = new Connection(OPENING);
        var ringing = Story.inbound().rings(ANNA, 0);
        connection.look(ringing.call(), 0);
        connection.ledger.add(
                Effect.due(new CompanyId(1), CALL, 12, EffectKind.SHOW_CARD, "102", Optional.of(BORIS), at(0))
                        .started(at(0))
                        .failed(Fault.BUSY, "later", Optional.of(at(40)), at(0)));
        var over = ringing.rings(BORIS, 1).answers(ANNA, 5).ends(BORIS, 5).call();

        assertThat(connection.plan(over, at(50)).obsolete())
                .extracting(Effect::subject)
                .containsExactly("102");
    }

    @Test
    void aRecordingToldTwiceIsAttachedOnce() {
        var connection = new Connection(OPENING);
        var call = Story.inbound()
                .rings(ANNA, 0)
                .answers(ANNA, 5)
                .ends(ANNA, 60)
                .recorded("rec-1", 61)
                .recorded("rec-1", 90)
                .recorded("rec-2", 91)
                .call();

        assertThat(connection.look(call, 100))
                .containsExactly("OPEN_CALL", "CLOSE_CALL", "ATTACH_RECORDING rec-1", "ATTACH_RECORDING rec-2");
    }
}
