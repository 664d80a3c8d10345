package io.patchbay.clicktocall;

import static io.patchbay.clicktocall.OrderingHub.ANNA;
import static io.patchbay.clicktocall.OrderingHub.ANNA_IN_CRM;
import static io.patchbay.clicktocall.OrderingHub.BORIS_IN_CRM;
import static io.patchbay.clicktocall.OrderingHub.CLIENT;
import static io.patchbay.clicktocall.OrderingHub.COMPANY;
import static io.patchbay.clicktocall.OrderingHub.NOON;
import static io.patchbay.clicktocall.OrderingHub.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallKey;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.EndCause;
import io.patchbay.call.LegPhase;
import io.patchbay.call.Line;
import io.patchbay.call.PhoneNumber;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.directory.EmployeeId;
import io.patchbay.effect.EffectKind;
import io.patchbay.intake.HubEvent.CallOrdered;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An order of a connected system, from the hub event to what stands in the journal and in that system. */
class ClickToCallTest {

    private static final TestDatabase.Kind FAST = TestDatabase.Kind.SQLITE;

    /** The process ends at this instant. */
    private static final class Killed extends Error {}

    @ParameterizedTest
    @EnumSource
    void theEntryIsTheCallsBeforeThePbxIsAsked(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.pbxAnswers.add(() -> {
                assertThat(hub.effects()).singleElement().satisfies(effect -> {
                    assertThat(effect.kind()).isEqualTo(EffectKind.OPEN_CALL);
                    assertThat(effect.isDone()).isTrue();
                    assertThat(effect.externalId()).contains("entry-1");
                });
                assertThat(hub.only().client()).isInstanceOf(PhoneNumber.class);
                return made("s1");
            });

            hub.clicks.on(hub.order("entry-1"));
            assertThat(hub.originated).isEmpty();
            hub.place();

            assertThat(hub.originated).singleElement().satisfies(input -> {
                assertThat(input.get("seat").asString()).isEqualTo(ANNA.id());
                assertThat(input.get("number").asString()).isEqualTo(CLIENT);
                assertThat(input.get("national").asString()).isEqualTo("9000001235");
                assertThat(input.has("line")).isFalse();
            });
            assertThat(hub.only().keys()).contains(new CallKey(hub.pbxId.value(), "s1"));
            assertThat(hub.only().direction()).isEqualTo(Direction.OUTBOUND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnsweredOrderIsOneCallWithOneEntryHoweverManyEventsOvertakeTheAnswer(TestDatabase.Kind kind) {
        for (int overtaking = 0; overtaking <= 4; overtaking++) {
            for (int order = 0; order < 6; order++) {
                try (var hub = new OrderingHub(kind)) {
                    var events = new ArrayList<CallFact>(hub.answeredClick("s1"));
                    if (order > 0) {
                        Collections.shuffle(events, new Random(order));
                    }
                    var before = events.subList(0, overtaking);
                    hub.pbxAnswers.add(() -> {
                        before.forEach(hub::hear);
                        return made("s1");
                    });

                    hub.clicks.on(hub.order("entry-1"));
                    hub.place();
                    events.subList(overtaking, 4).forEach(hub::hear);
                    hub.clock.set(NOON.plusSeconds(300));
                    hub.look();

                    assertThat(hub.only().result(hub.clock.instant())).isEqualTo(CallResult.ANSWERED);
                    assertThat(hub.only().client().raw()).isEqualTo(CLIENT);
                    assertThat(hub.askedOfCrm())
                            .as("overtaking %s, order %s", overtaking, order)
                            .containsOnlyOnce(Operation.CLOSE_CALL)
                            .doesNotContain(Operation.OPEN_CALL);
                    assertThat(hub.inputOf(Operation.CLOSE_CALL).get("entry").asString())
                            .isEqualTo("entry-1");
                    assertThat(hub.inputOf(Operation.CLOSE_CALL)
                                    .get("employee")
                                    .get("id")
                                    .asString())
                            .isEqualTo(ANNA_IN_CRM);
                }
                if (kind != FAST) {
                    break; // one order of events is enough where a database takes its time
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherCallOfTheSamePhoneIsNotTakenForTheOrdered(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.pbxAnswers.add(() -> {
                hub.hear(hub.leg("other", LegPhase.RINGING, 1, "+79000009999"));
                return made("s1");
            });

            hub.clicks.on(hub.order("entry-1"));
            hub.place();

            assertThat(hub.calls()).hasSize(2);
            assertThat(hub.journal.idOf(new CallKey(hub.pbxId.value(), "other")))
                    .isNotEqualTo(hub.journal.idOf(new CallKey(hub.pbxId.value(), "s1")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHookThatComesAgainRingsNobodyAgain(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            var order = hub.order("entry-1");
            hub.clicks.on(order);
            hub.clicks.on(order);
            hub.place();
            hub.clicks.on(order);
            hub.place();

            assertThat(hub.originated).hasSize(1);
            assertThat(hub.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHubThatDiesBetweenAskingAndNotingDoesNotAskAgainAndFindsTheCallByItsEvents(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            var order = hub.order("entry-1");
            hub.pbxAnswers.add(() -> {
                throw new Killed();
            });
            hub.clicks.on(order);
            assertThatThrownBy(hub::place).isInstanceOf(Killed.class);

            var again = hub.started();
            again.on(order); // the queue delivers the hook again
            hub.place();
            hub.answeredClick("s1").forEach(hub::hear);
            hub.clock.set(NOON.plusSeconds(300));
            again.settle();
            hub.look();

            assertThat(hub.originated).hasSize(1);
            assertThat(hub.only().result(hub.clock.instant())).isEqualTo(CallResult.ANSWERED);
            assertThat(hub.askedOfCrm()).containsExactly(Operation.CLOSE_CALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIntentOfWhichNothingIsHeardIsGivenUpVisibly(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.pbxAnswers.add(() -> {
                throw new ConnectorException(Fault.UNREACHABLE, "No answer within 20 s.");
            });
            hub.clicks.on(hub.order("entry-1"));
            hub.place();

            hub.clock.advance(Duration.ofSeconds(29));
            hub.clicks.settle();
            assertThat(hub.only().isOpen()).isTrue();

            hub.clock.advance(Duration.ofSeconds(2));
            hub.clicks.settle();
            hub.clicks.settle();

            closedAsFailed(hub, EndCause.UNREACHABLE, "АТС не ответила");
            assertThat(hub.originated).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePbxTellsAfterAllCountsMoreThanThatItWasGivenUp(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.pbxAnswers.add(() -> {
                throw new ConnectorException(Fault.UNREACHABLE, "No answer within 20 s.");
            });
            hub.clicks.on(hub.order("entry-1"));
            hub.place();
            hub.clock.advance(Duration.ofSeconds(40));
            hub.clicks.settle();

            hub.answeredClick("s1").forEach(hub::hear);

            assertThat(hub.only().result(NOON.plusSeconds(300))).isEqualTo(CallResult.ANSWERED);
            assertThat(hub.only().refusal()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatNobodyTookUpIsPlacedAfterARestart(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.order("entry-1"));
            var again = hub.started();
            again.settle();
            assertThat(hub.queue).isEmpty();

            hub.clock.advance(Duration.ofSeconds(4));
            again.settle();
            again.settle();
            hub.place();

            assertThat(hub.originated).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPhoneRingsForAnOrderThatIsAMinuteOld(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(placed(hub, "entry-1", NOON.minusSeconds(61)));
            hub.place();
            closedAsFailed(hub, EndCause.FORBIDDEN, "61");
            assertThat(hub.originated).isEmpty();
        }
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(placed(hub, "entry-1", NOON.minusSeconds(60)));
            hub.place();
            assertThat(hub.originated).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatWaitedInTheHubItselfIsRefusedToo(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.order("entry-1"));
            hub.clock.advance(Duration.ofMinutes(60));
            hub.clicks.settle();
            hub.place();

            closedAsFailed(hub, EndCause.FORBIDDEN, "3600");
            assertThat(hub.originated).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"22, телефона", "nobody, телефона"})
    void whoHasNoTelephoneSeesItAtHisOwnEntry(String employee, String why) {
        try (var hub = new OrderingHub(FAST)) {
            hub.clicks.on(hub.order("entry-1", employee, CLIENT));
            hub.place();

            closedAsFailed(hub, EndCause.FAILED, why);
            assertThat(hub.originated).isEmpty();
            assertThat(hub.inputOf(Operation.CLOSE_CALL)
                            .get("employee")
                            .get("id")
                            .asString())
                    .isEqualTo(employee);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyPbxTheEntryIsClosedToo(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.connections.remove(hub.pbxId);

            hub.clicks.on(hub.order("entry-1"));
            hub.place();

            closedAsFailed(hub, EndCause.FAILED, "АТС");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BUSY", "REFUSED", "SETUP", "NOT_SUPPORTED"})
    void whatThePbxRefusesFailsAtOnceInItsWords(Fault fault) {
        try (var hub = new OrderingHub(FAST)) {
            hub.pbxAnswers.add(() -> {
                throw new ConnectorException(fault, "Абонент занят");
            });
            hub.clicks.on(hub.order("entry-1"));
            hub.place();

            closedAsFailed(hub, EndCause.FORBIDDEN, "Абонент занят");
            assertThat(hub.inputOf(Operation.CLOSE_CALL)
                            .get("employee")
                            .get("id")
                            .asString())
                    .isEqualTo(ANNA_IN_CRM);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79000001235",
                "8 (900) 000-12-35",
                "7 900 000 12 35",
                "9000001235",
                "tel:+7-900-000-12-35",
                "+7 900 000-12-35 доб. 12"
            })
    void aNumberIsDialledHoweverItIsWritten(String written) {
        try (var hub = new OrderingHub(FAST)) {
            hub.clicks.on(hub.order("entry-1", ANNA_IN_CRM, written));
            hub.place();

            assertThat(hub.originated).singleElement().satisfies(input -> {
                assertThat(input.get("number").asString()).isEqualTo(CLIENT);
                assertThat(input.get("national").asString()).isEqualTo("9000001235");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"112", "102", "555", "abc", "+7900", ""})
    void whatIsNobodysNumberIsNotDialled(String written) {
        try (var hub = new OrderingHub(FAST)) {
            hub.clicks.on(hub.order("entry-1", ANNA_IN_CRM, written));
            hub.place();

            assertThat(hub.originated).isEmpty();
            hub.clock.advance(Duration.ofSeconds(5));
            hub.look();
            assertThat(hub.only().result(hub.clock.instant())).isEqualTo(CallResult.FAILED);
            assertThat(hub.askedOfCrm()).containsExactly(Operation.CLOSE_CALL);
            assertThat(hub.inputOf(Operation.CLOSE_CALL)
                            .get("call")
                            .get("failure")
                            .asString())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColleaguesExtensionIsDialledAndMakesNoClient(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.order("entry-1", ANNA_IN_CRM, "203"));
            hub.place();

            assertThat(hub.originated)
                    .singleElement()
                    .satisfies(
                            input -> assertThat(input.get("number").asString()).isEqualTo("203"));
            hub.clock.advance(Duration.ofSeconds(1));
            hub.look();
            assertThat(hub.askedOfCrm()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSecondOfTwoHastyClicksRingsNobodyAndIsClosed(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.order("entry-1"));
            hub.clock.advance(Duration.ofSeconds(4));
            hub.clicks.on(hub.order("entry-2"));
            hub.place();
            hub.clock.advance(Duration.ofSeconds(4));
            hub.look();

            assertThat(hub.originated).hasSize(1);
            assertThat(hub.askedOfCrm()).containsExactly(Operation.CLOSE_CALL);
            assertThat(hub.inputOf(Operation.CLOSE_CALL).get("entry").asString())
                    .isEqualTo("entry-2");

            hub.clicks.on(hub.order("entry-3"));
            hub.place();
            assertThat(hub.originated).as("a later click is meant").hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWantedLineGoesToThePbxAndIsTheCallsLine(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            var order = hub.order("entry-1");
            hub.clicks.on(new CallOrdered(
                    COMPANY,
                    hub.crmId,
                    "entry-1",
                    order.employee(),
                    CLIENT,
                    "entry-1",
                    "+79000000100",
                    "",
                    true,
                    NOON));
            hub.place();

            assertThat(hub.originated.getFirst().get("line").asString()).isEqualTo("+79000000100");
            assertThat(hub.only().line()).contains(new Line("+79000000100"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWishThatIsToBeATaskRingsNobodyAndIsTakenOnce(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            var order = new CallOrdered(COMPANY, hub.crmId, "order:7", "", CLIENT, "", "", "Order 7", false, NOON);
            hub.clicks.on(order);
            hub.clicks.on(order);
            hub.place();

            assertThat(hub.originated).isEmpty();
            var call = hub.only();
            assertThat(call.order().orElseThrow().callBack()).contains("Order 7");
            assertThat(call.result(hub.clock.instant().plusSeconds(60))).isEqualTo(CallResult.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWhoAsksToBeCalledBackIsCalledByTheDefaultEmployee(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.callBack(CLIENT, "after six, please"));
            hub.clicks.on(hub.callBack("+79000007777", ""));
            hub.place();

            assertThat(hub.originated).as("each form is an order of its own").hasSize(2);
            assertThat(hub.originated)
                    .allSatisfy(
                            input -> assertThat(input.get("seat").asString()).isEqualTo(ANNA.id()));
            assertThat(hub.calls().stream()
                            .map(hub::call)
                            .map(call -> call.order().orElseThrow().callBack()))
                    .containsExactlyInAnyOrder(Optional.of("after six, please"), Optional.of(""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallBackThatReachedTheClientOpensAnEntryAndLeavesNoTask(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.pbxMakes("s1");
            hub.clicks.on(hub.callBack(CLIENT, "call me"));
            hub.place();
            hub.answeredClick("s1").subList(0, 3).forEach(hub::hear);
            hub.answeredClick("s1").forEach(hub::hear);
            hub.clock.set(NOON.plusSeconds(300));
            hub.look();

            assertThat(hub.askedOfCrm())
                    .containsOnlyOnce(Operation.OPEN_CALL, Operation.CLOSE_CALL)
                    .doesNotContain(Operation.CREATE_TASK);
            assertThat(hub.inputOf(Operation.OPEN_CALL)
                            .get("call")
                            .get("callBack")
                            .asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallBackThatCannotBeMadeBecomesATaskWithTheClientsWords(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.defaultEmployee = Optional.of(BORIS_IN_CRM); // he has no telephone
            hub.clicks.on(hub.callBack(CLIENT, "after six, please"));
            hub.place();
            hub.clock.advance(Duration.ofSeconds(5));
            hub.look();

            assertThat(hub.originated).isEmpty();
            assertThat(hub.askedOfCrm()).containsOnlyOnce(Operation.CREATE_TASK);
            var task = hub.inputOf(Operation.CREATE_TASK);
            assertThat(task.get("employee").get("id").asString()).isEqualTo(BORIS_IN_CRM);
            assertThat(task.get("title").asString()).contains(CLIENT);
            assertThat(task.get("text").asString())
                    .contains("after six, please")
                    .contains(CLIENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFormWithAnUnusableNumberIsNotLostEither(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            hub.clicks.on(hub.callBack("call the shop", "it is about an order"));
            hub.place();
            hub.clock.advance(Duration.ofSeconds(5));
            hub.look();

            assertThat(hub.askedOfCrm()).contains(Operation.CREATE_TASK);
            assertThat(hub.inputOf(Operation.CREATE_TASK).get("text").asString())
                    .contains("call the shop")
                    .contains("it is about an order");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmployeeWhoLeftIsNotRung(TestDatabase.Kind kind) {
        try (var hub = new OrderingHub(kind)) {
            var anna = hub.employees.all(COMPANY).stream()
                    .filter(one -> one.name().equals("Anna"))
                    .findFirst()
                    .orElseThrow();
            hub.employees.save(new io.patchbay.directory.Employee(
                    new EmployeeId(anna.id().value()), COMPANY, "Anna", anna.email(), anna.extension(), false));

            hub.clicks.on(hub.order("entry-1"));
            hub.place();

            assertThat(hub.originated).isEmpty();
        }
    }

    private static CallOrdered placed(OrderingHub hub, String entry, Instant at) {
        return new CallOrdered(COMPANY, hub.crmId, entry, ANNA_IN_CRM, CLIENT, entry, "", "", true, at);
    }

    /** It stands in the journal as failed with its cause, and the entry is closed with it. */
    private static void closedAsFailed(OrderingHub hub, EndCause cause, String why) {
        hub.clock.advance(Duration.ofSeconds(5));
        hub.look();
        var call = hub.only();
        assertThat(call.result(hub.clock.instant().plusSeconds(60))).isEqualTo(CallResult.FAILED);
        assertThat(call.cause()).contains(cause);
        assertThat(call.refusal().orElseThrow().why()).contains(why);
        assertThat(hub.askedOfCrm()).isEqualTo(List.of(Operation.CLOSE_CALL));
        var input = hub.inputOf(Operation.CLOSE_CALL);
        assertThat(input.get("entry").asString()).isEqualTo("entry-1");
        assertThat(input.get("call").get("result").asString()).isEqualTo("FAILED");
        assertThat(input.get("call").get("failure").asString()).contains(why);
    }
}
