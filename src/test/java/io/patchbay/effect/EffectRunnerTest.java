package io.patchbay.effect;

import static io.patchbay.effect.Story.ANNA;
import static io.patchbay.effect.Story.BORIS;
import static io.patchbay.effect.Story.START;
import static io.patchbay.effect.Story.VERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.Extension;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.caller.Acquaintance;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Company;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientId;
import io.patchbay.directory.ClientOrder;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Employee;
import io.patchbay.directory.EmployeeId;
import io.patchbay.journal.Joined;
import io.patchbay.rules.RuleSet;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class EffectRunnerTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Company ROMASHKA =
            new Company(COMPANY, "Romashka", "RU", ZoneId.of("Europe/Moscow"), Locale.forLanguageTag("ru"));
    private static final long CRM = 12;
    private static final CallId CALL = new CallId(81);
    private static final Set<Operation> OPENING = EnumSet.of(
            Operation.OPEN_CALL,
            Operation.CLOSE_CALL,
            Operation.SHOW_CARD,
            Operation.HIDE_CARD,
            Operation.ATTACH_RECORDING,
            Operation.CREATE_TASK,
            Operation.FIND_LOGGED_CALL);
    private static final Set<Operation> LOGGING = EnumSet.of(
            Operation.FIND_CLIENT,
            Operation.CREATE_CLIENT,
            Operation.LOG_CALL,
            Operation.ATTACH_RECORDING,
            Operation.CREATE_TASK,
            Operation.FIND_LOGGED_CALL);
    private static final Call MISSED =
            Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call();

    private final MovableClock clock = new MovableClock(START);
    private final InMemoryJournal journal = new InMemoryJournal();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final InMemoryWakes wakes = new InMemoryWakes();
    private final InMemoryClients clients = new InMemoryClients();
    private Runnable whileAsking = () -> {};
    private final ScriptedTarget target = new ScriptedTarget();
    private final List<CallId> sent = Collections.synchronizedList(new ArrayList<>());
    private boolean recordingIsThere = true;
    private Acquaintance known = Acquaintance.NONE;
    private Receiver receiver = receiver(OPENING);

    private final Receivers receivers = new Receivers() {
        @Override
        public Optional<Receiver> find(long connection) {
            return Optional.of(receiver).filter(r -> r.connection() == connection);
        }

        @Override
        public List<Receiver> of(CompanyId company) {
            return List.of(receiver);
        }

        @Override
        public Optional<CompanyId> companyOf(long connection) {
            return Optional.of(COMPANY);
        }
    };

    private final RecordingLinks links = new RecordingLinks() {
        @Override
        public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
            if (!recordingIsThere) {
                throw new ConnectorException(Fault.BUSY, "The recording is not here yet.");
            }
            return JsonNodeFactory.instance.objectNode().put("url", "https://hub.example/r/1");
        }

        @Override
        public Optional<String> page(CallId call) {
            return Optional.of("https://hub.example/calls/" + call);
        }
    };

    private EffectRunner runner = runner();

    private static Receiver receiver(Set<Operation> abilities) {
        return new Receiver(CRM, COMPANY, abilities, RuleSet.DEFAULT, Optional.of("1"), false, true, Optional.empty());
    }

    private EffectRunner runner() {
        return new EffectRunner(
                journal,
                ledger,
                wakes,
                receivers,
                clients,
                EffectRunnerTest::person,
                target,
                links,
                new WhoCalls() {
                    @Override
                    public Acquaintance ask(CompanyId company, PhoneNumber number, long since) {
                        whileAsking.run();
                        return since
                                        < System.nanoTime()
                                                - Duration.ofMinutes(30).toNanos()
                                ? known
                                : new Acquaintance(
                                        known.client(), known.owner(), known.orders(), Set.of(), known.late());
                    }

                    @Override
                    public Acquaintance known(CompanyId company, PhoneNumber number) {
                        return known;
                    }
                },
                company -> ROMASHKA,
                RetrySchedule.DEFAULT,
                TransactionOperations.withoutTransaction(),
                clock,
                () -> 0);
    }

    private EffectSteps steps() {
        return new EffectSteps(
                journal,
                ledger,
                wakes,
                receivers,
                runner,
                (connection, call, group, live) -> sent.add(call),
                Duration.ofMinutes(1),
                clock);
    }

    private static Optional<People.Person> person(CompanyId company, long pbx, Seat seat, long connection) {
        var id = seat.equals(VERA) ? Optional.<String>empty() : Optional.of("user-" + seat.id());
        return Optional.of(new People.Person(id, Optional.of(seat.id()), Optional.of("Name"), Optional.empty()));
    }

    private void at(long second) {
        clock.set(START.plusSeconds(second));
    }

    private void news(Call call) {
        journal.put(CALL, call);
        steps().wake(List.of(new Joined(CALL, call, true)));
        steps().look(CRM, CALL.value());
    }

    /** Lets the time pass to every wake, as the sweeper does, until there is none. */
    private int sweepUntil(Instant end) {
        var looks = 0;
        while (wakes.of(CALL, CRM).filter(w -> !w.dueAt().isAfter(end)).isPresent()) {
            clock.set(wakes.of(CALL, CRM).orElseThrow().dueAt());
            sent.clear();
            steps().sweep();
            assertThat(sent).containsExactly(CALL);
            steps().look(CRM, CALL.value());
            looks++;
        }
        return looks;
    }

    private Effect effect(EffectKind kind) {
        return ledger.of(CALL, CRM).stream()
                .filter(e -> e.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesACallFromRingingToItsRecordingInOrder() {
        var call = Story.inbound().rings(ANNA, 0).rings(BORIS, 0);
        news(call.call());
        at(5);
        news(call.answers(BORIS, 5).call());
        at(60);
        news(call.ends(ANNA, 5).ends(BORIS, 60).call());
        assertThat(wakes.of(CALL, CRM).orElseThrow().dueAt()).isEqualTo(START.plusSeconds(62));
        sweepUntil(START.plusSeconds(62));
        at(90);
        news(call.recorded("rec-1", 90).call());

        assertThat(target.operations())
                .containsExactly(
                        Operation.OPEN_CALL,
                        Operation.SHOW_CARD,
                        Operation.HIDE_CARD,
                        Operation.CLOSE_CALL,
                        Operation.ATTACH_RECORDING);
        assertThat(target.lastInput(Operation.CLOSE_CALL)
                        .path("employee")
                        .path("id")
                        .asString())
                .isEqualTo("user-102");
        assertThat(target.lastInput(Operation.CLOSE_CALL).path("entry").asString())
                .isEqualTo("entry-1");
        assertThat(target.lastInput(Operation.ATTACH_RECORDING)
                        .path("recording")
                        .path("url")
                        .asString())
                .isEqualTo("https://hub.example/r/1");
        assertThat(effect(EffectKind.OPEN_CALL).url()).contains("https://crm.example/entry-1");
        assertThat(wakes.of(CALL, CRM)).isEmpty();
    }

    @Test
    void aCallThatGoesOnIsLiveAndOneOfThePastGoesBehind() {
        at(30);
        news(MISSED);

        assertThat(target.urgencies()).containsExactly(Urgency.LIVE);

        target.forgetWhatWasAsked();
        ledger.of(CALL, CRM).forEach(effect -> ledger.put(effect.reopened(clock.instant())));
        at(3600);
        steps().replay(COMPANY, CALL);
        steps().look(CRM, CALL.value());

        assertThat(target.urgencies()).containsExactly(Urgency.BACKGROUND);
    }

    @Test
    void doesNothingTheSecondTime() {
        at(30);
        news(MISSED);
        var asked = target.operations().size();
        news(MISSED);
        steps().replay(COMPANY, CALL);
        steps().look(CRM, CALL.value());

        assertThat(target.operations()).hasSize(asked);
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void tellsWhatOtherSystemsKnowOfTheClient() {
        known = irina();
        at(30);
        news(MISSED);

        var told = target.lastInput(Operation.OPEN_CALL).path("known");
        assertThat(told.path("name").asString()).isEqualTo("Irina");
        assertThat(told.path("vip").asBoolean()).isTrue();
        assertThat(told.at("/owner/id").asString()).isEqualTo("77");
        assertThat(told.path("orders").size()).as("only those that are open").isEqualTo(1);
        assertThat(told.at("/orders/0/number").asString()).isEqualTo("A-1");
        var task = target.lastInput(Operation.CREATE_TASK);
        assertThat(task.path("text").asString()).endsWith("A-1: 10.00 RUB, processing (Kettle x 2)");
        assertThat(task.at("/employee/id").asString())
                .as("her manager by the directory, where the CRM names none")
                .isEqualTo("77");
    }

    @Test
    void givesANewClientTheNameThatAnotherSystemKnows() {
        receiver = receiver(LOGGING);
        known = irina();
        at(60);
        news(MISSED);

        assertThat(target.lastInput(Operation.CREATE_CLIENT).path("name").asString())
                .isEqualTo("Irina");
    }

    private static Acquaintance irina() {
        var card = new Client.Account(
                9, new ClientRecord("customer", "5", "Irina", Optional.empty(), Optional.empty()), START);
        var anna = new Employee(
                new EmployeeId(3), COMPANY, "Anna", Optional.empty(), Optional.of(new Extension("201")), true);
        return new Acquaintance(
                Optional.of(new Client(
                        new ClientId(1),
                        COMPANY,
                        "Irina",
                        Optional.of(anna.id()),
                        true,
                        List.of(),
                        List.of(card),
                        List.of())),
                Optional.of(new Acquaintance.Owner(anna, Map.of(CRM, "77"))),
                List.of(order("A-1", true), order("A-0", false)),
                Set.of(),
                Set.of());
    }

    private static ClientOrder order(String number, boolean open) {
        return new ClientOrder(
                9,
                number,
                number,
                "processing",
                open,
                "10.00",
                "RUB",
                Optional.of(START),
                Optional.empty(),
                List.of(new ClientOrder.Item("Kettle", "2")));
    }

    @Test
    void describesTheCallInTheCompanysTime() {
        at(30);
        news(MISSED);
        var call = target.lastInput(Operation.CLOSE_CALL).path("call");

        assertThat(call.path("id").asString()).isEqualTo("c-81");
        assertThat(call.path("startedAt").asString()).isEqualTo("2024-06-10T09:13:38+03:00");
        assertThat(call.path("startedAtEpoch").asLong()).isEqualTo(START.getEpochSecond());
        assertThat(call.path("clientNumber").asString()).isEqualTo("+79000001235");
        assertThat(call.path("clientNational").asString()).isEqualTo("9000001235");
        assertThat(call.path("result").asString()).isEqualTo("MISSED");
        assertThat(call.path("waitSeconds").asInt()).isEqualTo(20);
        assertThat(call.has("answeredAt")).isFalse();
        var task = target.lastInput(Operation.CREATE_TASK);
        assertThat(task.path("title").asString()).isEqualTo("Перезвонить +79000001235");
        assertThat(task.path("deadlineEpoch").asLong()).isEqualTo(START.getEpochSecond() + 20 + 3600);
        assertThat(task.path("employee").path("id").asString()).isEqualTo("1");
    }

    @Test
    void givesAnUnmappedEmployeesCallToTheDefaultEmployee() {
        at(90);
        news(Story.inbound().rings(VERA, 0).answers(VERA, 5).ends(VERA, 60).call());

        assertThat(target.lastInput(Operation.CLOSE_CALL)
                        .path("employee")
                        .path("id")
                        .asString())
                .isEqualTo("1");

        receiver =
                new Receiver(CRM, COMPANY, OPENING, RuleSet.DEFAULT, Optional.empty(), false, true, Optional.empty());
        journal.put(
                new CallId(82), Story.inbound().rings(VERA, 0).ends(VERA, 60).call());
        steps().look(CRM, 82);
        var nameless = target.lastInput(Operation.CLOSE_CALL).path("employee");
        assertThat(nameless.path("id").isNull()).isTrue();
        assertThat(nameless.path("extension").asString()).isEqualTo("103");
    }

    @Test
    void triesAgainWhenTheTargetAsksAndThenGoesOn() {
        target.fails(Operation.OPEN_CALL, Fault.BUSY, Duration.ofMinutes(7)).fails(Operation.OPEN_CALL, Fault.BUSY);
        at(30);
        news(MISSED);

        assertThat(target.operations()).containsExactly(Operation.OPEN_CALL);
        assertThat(effect(EffectKind.OPEN_CALL).state()).isEqualTo(EffectState.WAITING);
        assertThat(effect(EffectKind.OPEN_CALL).lastError()).isEqualTo("The target says BUSY");
        assertThat(wakes.of(CALL, CRM).orElseThrow().dueAt()).isEqualTo(START.plusSeconds(30 + 420));

        sweepUntil(START.plus(Duration.ofHours(1)));
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(ledger.attempts(effect(EffectKind.OPEN_CALL).id()))
                .extracting(Attempt::fault)
                .containsExactly(Optional.of(Fault.BUSY), Optional.of(Fault.BUSY), Optional.empty());
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void newsOfTheCallDoNotShortenThePause() {
        target.fails(Operation.OPEN_CALL, Fault.BUSY, Duration.ofMinutes(7));
        at(30);
        news(MISSED);
        at(40);
        news(MISSED);

        assertThat(target.operations()).containsExactly(Operation.OPEN_CALL);
        assertThat(wakes.of(CALL, CRM).orElseThrow().dueAt()).isEqualTo(START.plusSeconds(30 + 420));
    }

    @Test
    void survivesAnOutageOfThreeDaysWithOneEntry() {
        for (var failures = 0; failures < 60; failures++) {
            target.fails(Operation.OPEN_CALL, Fault.BUSY);
        }
        at(30);
        news(MISSED);
        sweepUntil(START.plus(Duration.ofHours(80)));

        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void parksBehindTheHorizonAndReplaysWithAFreshOne() {
        for (var failures = 0; failures < 90; failures++) {
            target.fails(Operation.OPEN_CALL, Fault.BUSY);
        }
        at(30);
        news(MISSED);
        var looks = sweepUntil(START.plus(Duration.ofHours(100)));

        assertThat(effect(EffectKind.OPEN_CALL).state()).isEqualTo(EffectState.PARKED);
        assertThat(looks).isBetween(80, 89);
        assertThat(ledger.parked(COMPANY, Long.MAX_VALUE, 10)).hasSize(1);

        steps().replay(COMPANY, CALL);
        steps().look(CRM, CALL.value());
        sweepUntil(clock.instant().plus(Duration.ofHours(10)));
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void replaysWhateverWasGivenUpInOneConnection() {
        target.fails(Operation.CLOSE_CALL, Fault.REFUSED);
        at(30);
        news(MISSED);

        steps().replay(COMPANY, CALL, CRM + 1);
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.PARKED);

        clock.advance(Duration.ofSeconds(1));
        assertThat(steps().replay(COMPANY, CALL, CRM)).isTrue();
        assertThat(steps().isLooked(CALL, CRM, clock.instant())).isFalse();
        steps().look(CRM, CALL.value());
        assertThat(steps().isLooked(CALL, CRM, clock.instant())).isTrue();
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(steps().replay(COMPANY, new CallId(404), CRM)).isFalse();
    }

    @Test
    void parksARefusalAtOnceWithTheTargetsWords() {
        target.fails(Operation.CLOSE_CALL, Fault.REFUSED);
        at(30);
        news(MISSED);

        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.PARKED);
        assertThat(effect(EffectKind.CLOSE_CALL).lastError()).isEqualTo("The target says REFUSED");
        assertThat(target.operations()).doesNotContain(Operation.CREATE_TASK);
        assertThat(wakes.of(CALL, CRM)).isEmpty();

        steps().replay(COMPANY, CALL);
        steps().look(CRM, CALL.value());
        assertThat(effect(EffectKind.CREATE_TASK).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void probesAConnectionWithWrongSetUpEachMinuteBeyondTheHorizon() {
        for (var failures = 0; failures < 100 * 60; failures++) {
            target.fails(Operation.OPEN_CALL, Fault.SETUP);
        }
        at(30);
        news(MISSED);
        sweepUntil(START.plus(Duration.ofHours(99)));
        assertThat(effect(EffectKind.OPEN_CALL).state()).isEqualTo(EffectState.WAITING);

        sweepUntil(START.plus(Duration.ofHours(101)));
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void leavesAConnectionAloneWhoseSetUpWasProbedAMomentAgo() {
        receiver = new Receiver(
                CRM,
                COMPANY,
                OPENING,
                RuleSet.DEFAULT,
                Optional.empty(),
                false,
                true,
                Optional.of(START.plusSeconds(70)));
        at(30);
        news(MISSED);

        assertThat(target.operations()).isEmpty();
        assertThat(wakes.of(CALL, CRM).orElseThrow().dueAt()).isEqualTo(START.plusSeconds(70));
        sweepUntil(START.plusSeconds(70));
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void asksBeforeDoingAgainWhatItDiedOver() {
        target.doesAndKills(Operation.OPEN_CALL);
        at(30);
        assertThatThrownBy(() -> news(MISSED)).isInstanceOf(ScriptedTarget.Killed.class);
        assertThat(effect(EffectKind.OPEN_CALL).state()).isEqualTo(EffectState.STARTED);

        runner = runner();
        steps().look(CRM, CALL.value());

        assertThat(target.entries).containsExactly("entry-1");
        assertThat(target.operations())
                .startsWith(Operation.OPEN_CALL, Operation.FIND_LOGGED_CALL, Operation.CLOSE_CALL);
        assertThat(target.lastInput(Operation.FIND_LOGGED_CALL).path("kind").asString())
                .isEqualTo("open-call");
        assertThat(effect(EffectKind.OPEN_CALL).externalId()).contains("entry-1");
    }

    @Test
    void anAttemptTakesNoTimeRatherThanLessThanNoneWhenTheClockIsPutBack() {
        target.then(Operation.OPEN_CALL, input -> {
            clock.advance(Duration.ofHours(-1));
            throw new ConnectorException(Fault.BUSY, "Later");
        });
        at(30);
        news(MISSED);

        assertThat(ledger.attempts(effect(EffectKind.OPEN_CALL).id()))
                .allSatisfy(attempt -> assertThat(attempt.took()).isZero());
    }

    @Test
    void asksBeforeDoingAgainWhatWasNeverAnswered() {
        target.then(Operation.OPEN_CALL, input -> {
            target.entries.add("entry-lost");
            throw new ConnectorException(Fault.UNREACHABLE, "No answer in 20 s");
        });
        at(30);
        news(MISSED);
        sweepUntil(START.plusSeconds(600));

        assertThat(target.entries).containsExactly("entry-lost");
        assertThat(effect(EffectKind.OPEN_CALL).externalId()).contains("entry-lost");
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void doesAgainWhatTheTargetDoesNotKnow() {
        target.then(Operation.OPEN_CALL, input -> {
            throw new ConnectorException(Fault.UNREACHABLE, "Connection refused");
        });
        at(30);
        news(MISSED);
        sweepUntil(START.plusSeconds(600));

        assertThat(target.operations())
                .startsWith(Operation.OPEN_CALL, Operation.FIND_LOGGED_CALL, Operation.OPEN_CALL);
        assertThat(target.entries).hasSize(1);
    }

    @Test
    void fiftyFirstCallsOfOneNumberAtOnceMakeOneClient() throws Exception {
        receiver = receiver(LOGGING);
        at(30);
        var calls = new ArrayList<CallId>();
        for (var id = 100; id < 150; id++) {
            journal.put(new CallId(id), MISSED);
            calls.add(new CallId(id));
        }
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var result : threads.invokeAll(calls.stream()
                    .map(call -> Executors.callable(() -> steps().look(CRM, call.value())))
                    .toList())) {
                result.get();
            }
        }
        clock.advance(Duration.ofSeconds(3));
        calls.forEach(call -> steps().look(CRM, call.value()));

        assertThat(target.cards).hasSize(1);
        assertThat(target.entries).hasSize(50);
        assertThat(calls)
                .allSatisfy(call -> assertThat(ledger.of(call, CRM))
                        .filteredOn(e -> e.kind() == EffectKind.LOG_CALL)
                        .singleElement()
                        .matches(Effect::isDone));
    }

    @Test
    void usesTheClientTheTargetAlreadyHas() {
        receiver = receiver(LOGGING);
        target.cards.add(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "company")
                .put("id", "55")
                .put("owner", "9")
                .put("number", "+79000001235"));
        at(30);
        news(MISSED);

        assertThat(target.operations())
                .containsExactly(Operation.FIND_CLIENT, Operation.LOG_CALL, Operation.CREATE_TASK);
        assertThat(target.lastInput(Operation.LOG_CALL)
                        .path("client")
                        .path("id")
                        .asString())
                .isEqualTo("55");
        assertThat(target.lastInput(Operation.CREATE_TASK)
                        .path("employee")
                        .path("id")
                        .asString())
                .isEqualTo("9");
        assertThat(target.lastInput(Operation.FIND_CLIENT).path("forms").toString())
                .isEqualTo("[\"+79000001235\",\"79000001235\",\"89000001235\",\"9000001235\"]");
    }

    @Test
    void aClientWhomAllSystemsWereAskedForIsNotMadeAgain() {
        receiver = receiver(LOGGING);
        whileAsking = () -> clients.remember(
                COMPANY,
                CRM,
                (PhoneNumber) MISSED.client(),
                new ClientRecord("company", "55", "Romashka", Optional.empty(), Optional.of("9")));
        at(10); // somebody waits for it
        news(MISSED);
        sweepUntil(START.plusSeconds(60));

        assertThat(target.operations()).doesNotContain(Operation.CREATE_CLIENT).contains(Operation.LOG_CALL);
        assertThat(target.lastInput(Operation.LOG_CALL)
                        .path("client")
                        .path("id")
                        .asString())
                .isEqualTo("55");
    }

    /** Two calls at once: the other one made the card after all systems were asked, and the target's own news of it made the hub forget it. */
    @Test
    void aCardThatAnotherCallMadeIsFoundThoughNobodyKnewItAMomentAgo() {
        receiver = receiver(LOGGING);
        known = new Acquaintance(Optional.empty(), Optional.empty(), List.of(), Set.of(CRM), Set.of());
        target.cards.add(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "contact")
                .put("id", "55")
                .put("name", "Irina")
                .put("number", "+79000001235"));
        at(10);
        news(MISSED);
        sweepUntil(START.plusSeconds(60));

        assertThat(target.operations()).doesNotContain(Operation.CREATE_CLIENT).contains(Operation.LOG_CALL);
    }

    @Test
    void aClientThatIsForgottenInTheMiddleIsStillTheClientOfThatCall() {
        receiver = receiver(LOGGING);
        target.then(Operation.LOG_CALL, input -> {
            // the target's own news of the card it has just made
            clients.forget(COMPANY, CRM, (PhoneNumber) MISSED.client());
            return JsonNodeFactory.instance.objectNode().put("id", "entry-1");
        });
        at(30);
        news(MISSED);

        assertThat(target.lastInput(Operation.CREATE_TASK)
                        .path("client")
                        .path("id")
                        .asString())
                .isEqualTo(target.cards.getFirst().path("id").asString());
    }

    @Test
    void aSearchThatFailsMakesNoSecondCard() {
        receiver = receiver(LOGGING);
        target.fails(Operation.FIND_CLIENT, Fault.UNREACHABLE);
        at(30);
        news(MISSED);
        assertThat(target.operations()).containsExactly(Operation.FIND_CLIENT);

        sweepUntil(START.plusSeconds(600));
        assertThat(target.operations())
                .endsWith(Operation.FIND_CLIENT, Operation.CREATE_CLIENT, Operation.LOG_CALL, Operation.CREATE_TASK);
        assertThat(target.cards).hasSize(1);
    }

    @Test
    void aSearchThatFailsHoldsUpNobodyOnceItGoesAgain() {
        receiver = receiver(LOGGING);
        target.fails(Operation.FIND_CLIENT, Fault.UNREACHABLE);
        at(30);
        news(MISSED);

        sweepUntil(clock.instant().plusSeconds(10));

        assertThat(effect(EffectKind.LOG_CALL).state())
                .as("no card was asked for, so there is none to wait for")
                .isEqualTo(EffectState.DONE);
    }

    @Test
    void findsTheCardItDiedOver() {
        receiver = receiver(LOGGING);
        target.doesAndKills(Operation.CREATE_CLIENT);
        at(30);
        assertThatThrownBy(() -> news(MISSED)).isInstanceOf(ScriptedTarget.Killed.class);

        runner = runner();
        steps().look(CRM, CALL.value());
        sweepUntil(START.plusSeconds(600));

        assertThat(target.cards).hasSize(1);
        assertThat(effect(EffectKind.LOG_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(effect(EffectKind.CREATE_CLIENT).state()).isEqualTo(EffectState.SKIPPED);
    }

    @Test
    void aRecordingThatIsNotThereYetHoldsUpNothingElse() {
        recordingIsThere = false;
        var answered = Story.inbound()
                .rings(ANNA, 0)
                .answers(ANNA, 5)
                .ends(ANNA, 60)
                .recorded("rec-1", 61)
                .call();
        at(70);
        news(answered);
        assertThat(effect(EffectKind.ATTACH_RECORDING).state()).isEqualTo(EffectState.WAITING);
        assertThat(target.operations()).endsWith(Operation.CLOSE_CALL);

        recordingIsThere = true;
        sweepUntil(START.plusSeconds(600));
        assertThat(effect(EffectKind.ATTACH_RECORDING).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void logsWhereNothingCanBeOpened() {
        var abilities = EnumSet.copyOf(OPENING);
        abilities.add(Operation.LOG_CALL);
        receiver = receiver(abilities);
        target.fails(Operation.OPEN_CALL, Fault.NOT_SUPPORTED);
        at(30);
        news(MISSED);

        assertThat(target.operations()).containsExactly(Operation.OPEN_CALL, Operation.LOG_CALL, Operation.CREATE_TASK);
        assertThat(ledger.parked(COMPANY, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void aTargetThatMakesItsClientsItselfIsLeftToIt() {
        receiver = receiver(LOGGING);
        target.fails(Operation.CREATE_CLIENT, Fault.NOT_SUPPORTED);
        at(30);
        news(MISSED);

        assertThat(effect(EffectKind.CREATE_CLIENT).state()).isEqualTo(EffectState.SKIPPED);
        assertThat(effect(EffectKind.LOG_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void troublesNobodyWithACallThatHasNoPlaceInATarget() {
        receiver = receiver(LOGGING);
        target.then(Operation.LOG_CALL, input -> {
            throw new ConnectorException(
                    Fault.NOT_SUPPORTED, "nothing-to-write", "No order of this client.", Duration.ZERO, null);
        });
        at(30);
        news(MISSED);

        assertThat(effect(EffectKind.LOG_CALL).state()).isEqualTo(EffectState.SKIPPED);
        assertThat(ledger.parked(COMPANY, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void keepsWhatTheTargetComplainedAboutAlthoughItDidTheWork() {
        target.then(
                Operation.OPEN_CALL,
                input -> JsonNodeFactory.instance.objectNode().put("id", "5").put("warning", "No lead was made"));
        at(30);
        news(MISSED);

        assertThat(effect(EffectKind.OPEN_CALL).state()).isEqualTo(EffectState.DONE);
        assertThat(effect(EffectKind.OPEN_CALL).lastError()).isEqualTo("No lead was made");
    }

    @Test
    void aMergedCallKeepsTheEntryItHadUnderItsFormerId() {
        var former = new CallId(90);
        journal.put(former, Story.inbound().rings(ANNA, 0).call());
        steps().look(CRM, former.value());
        at(30);
        journal.put(CALL, MISSED);
        journal.merge(former, CALL);
        steps().look(CRM, former.value());
        sweepUntil(START.plusSeconds(60));

        assertThat(target.entries).hasSize(1);
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void anErrorOfOurOwnIsTriedAgain() {
        target.then(Operation.CLOSE_CALL, input -> {
            throw new IllegalStateException("a mistake of ours");
        });
        at(30);
        news(MISSED);
        assertThat(effect(EffectKind.CLOSE_CALL).fault()).contains(Fault.OURS);

        sweepUntil(START.plusSeconds(600));
        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void aConnectionThatIsSwitchedOffWaits() {
        journal.put(CALL, MISSED);
        wakes.wake(CALL, CRM, "g", true, START, START);
        receiver =
                new Receiver(CRM, COMPANY, OPENING, RuleSet.DEFAULT, Optional.empty(), false, false, Optional.empty());
        at(30);
        steps().look(CRM, CALL.value());

        assertThat(target.operations()).isEmpty();
        assertThat(wakes.of(CALL, CRM)).isPresent();
    }

    @Test
    void aCallThatComesWhileItIsSwitchedOffIsWrittenWhenItIsOnAgain() {
        var on = receiver;
        receiver =
                new Receiver(CRM, COMPANY, OPENING, RuleSet.DEFAULT, Optional.empty(), false, false, Optional.empty());
        journal.put(CALL, MISSED);
        at(30);
        steps().wake(List.of(new Joined(CALL, MISSED, true)));
        steps().look(CRM, CALL.value());
        assertThat(target.operations()).isEmpty();

        receiver = on;
        sweepUntil(START.plusSeconds(300));

        assertThat(effect(EffectKind.CLOSE_CALL).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void replayOfAnUnknownCallSaysSo() {
        assertThat(steps().replay(COMPANY, new CallId(404))).isFalse();
    }

    @Test
    void anInternalCallWakesNobody() {
        var call = Story.of(io.patchbay.call.Direction.INTERNAL, new io.patchbay.call.Extension("102"))
                .rings(ANNA, 0)
                .call();
        steps().wake(List.of(new Joined(CALL, call, true)));

        assertThat(sent).isEmpty();
        assertThat(wakes.of(CALL, CRM)).isEmpty();
    }
}
