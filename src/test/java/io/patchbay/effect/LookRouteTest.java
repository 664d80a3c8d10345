package io.patchbay.effect;

import static io.patchbay.effect.Story.ANNA;
import static io.patchbay.effect.Story.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.RecordingFact;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Company;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.journal.Joined;
import io.patchbay.rules.RuleSet;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.ShippedRoute;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** routes/effect/look.camel.yaml: the queue of one connection and the sweeper, with the hub's own runner behind them. */
class LookRouteTest extends ShippedRoute {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Company ROMASHKA =
            new Company(COMPANY, "Romashka", "RU", ZoneId.of("Europe/Moscow"), Locale.forLanguageTag("ru"));
    private static final long CRM = 12;
    private static final CallId CALL = new CallId(81);
    private static final Call MISSED =
            Story.inbound().rings(ANNA, 0).ends(ANNA, 20).call();
    private static final Duration RESEND = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock(START);
    private final InMemoryJournal journal = new InMemoryJournal();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final InMemoryWakes wakes = new InMemoryWakes();
    private final ScriptedTarget target = new ScriptedTarget();
    private final List<Long> queue = new ArrayList<>();
    private final Receiver receiver = new Receiver(
            CRM,
            COMPANY,
            EnumSet.of(Operation.LOG_CALL),
            RuleSet.DEFAULT,
            Optional.of("1"),
            false,
            true,
            Optional.empty());

    LookRouteTest() {
        super("routes/effect/look.camel.yaml");
    }

    @BeforeEach
    void replaceEnds() throws Exception {
        journal.put(CALL, MISSED);
        clock.set(Story.at(40));
        context.getRegistry().bind("effectSteps", steps());
        TemplatedRouteBuilder.builder(context, "look")
                .routeId("look-" + CRM)
                .parameter("connection", CRM)
                .add();
        assertThat(shippedBegin("look-" + CRM)).contains("jms:queue:patchbay.effects.", "transacted=true");
        beginHere("look-" + CRM);
        beginHere("sweep");
        context.start();
    }

    private EffectSteps steps() {
        var receivers = new Receivers() {
            @Override
            public Optional<Receiver> find(long connection) {
                return Optional.of(receiver).filter(one -> one.connection() == connection);
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
        var links = new RecordingLinks() {
            @Override
            public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
                return JsonNodeFactory.instance.objectNode();
            }

            @Override
            public Optional<String> page(CallId call) {
                return Optional.empty();
            }
        };
        var runner = new EffectRunner(
                journal,
                ledger,
                wakes,
                receivers,
                new InMemoryClients(),
                (company, pbx, seat, at) -> Optional.empty(),
                target,
                links,
                WhoCalls.NOBODY,
                company -> ROMASHKA,
                RetrySchedule.DEFAULT,
                TransactionOperations.withoutTransaction(),
                clock,
                () -> 0);
        return new EffectSteps(
                journal,
                ledger,
                wakes,
                receivers,
                runner,
                (connection, call, group, live) -> queue.add(call.value()),
                RESEND,
                clock);
    }

    private void wake() {
        context.getRegistry()
                .lookupByNameAndType("effectSteps", EffectSteps.class)
                .wake(List.of(new Joined(CALL, MISSED, true)));
    }

    /** As the queue would: a call's id as text. */
    private Exchange look(String call) {
        return send("look-" + CRM, exchange -> exchange.getIn().setBody(call));
    }

    private void sweep() {
        assertThat(send("sweep", exchange -> {}).getException()).isNull();
    }

    @Test
    void aWakeUpIsLookedAtOnceAndItsWorkDone() {
        wake();
        assertThat(queue).containsExactly(CALL.value());

        assertThat(look("81").getException()).isNull();
        assertThat(look("81").getException()).as("a redelivery").isNull();

        assertThat(target.operations()).containsExactly(Operation.LOG_CALL);
        assertThat(wakes.open()).isEmpty();
    }

    @Test
    void aWakeUpThatWasLostIsFoundByTheSweeperAndDone() {
        wake();
        queue.clear(); // the broker lost it

        sweep();
        assertThat(queue).as("not yet: it may still be on its way").isEmpty();

        clock.advance(RESEND);
        sweep();
        assertThat(queue).containsExactly(CALL.value());

        look(Long.toString(queue.removeFirst()));
        assertThat(target.operations()).containsExactly(Operation.LOG_CALL);
        clock.advance(RESEND.multipliedBy(3));
        sweep();
        assertThat(queue).as("done is done").isEmpty();
    }

    @Test
    void aCallThatIsNotThereHarmsNobody() {
        assertThat(look("999").getException()).isNull();

        assertThat(target.operations()).isEmpty();
        wake();
        look("81");
        assertThat(target.operations()).containsExactly(Operation.LOG_CALL);
    }
}
