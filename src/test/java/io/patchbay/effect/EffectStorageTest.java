package io.patchbay.effect;

import static io.patchbay.effect.Story.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Clients;
import io.patchbay.journal.ErasedPersons;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import io.patchbay.rules.RuleSet;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From facts to effects on the real tables. */
class EffectStorageTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long CRM = 12;

    @EnableTransactionManagement
    static class Transactions {}

    /** Everything but the target and the queue is as in the hub. */
    private static final class Hub implements AutoCloseable {
        private final MovableClock clock = new MovableClock(Story.START.plusSeconds(30));
        private final ScriptedTarget target = new ScriptedTarget();
        private final List<CallId> sent = Collections.synchronizedList(new ArrayList<>());
        private final TestDatabase database;
        private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
        private final JdbcLedger ledger;
        private final JdbcWakes wakes;
        private final Journal journal;
        private final EffectSteps steps;

        Hub(TestDatabase.Kind kind) {
            database = TestDatabase.of(kind);
            database.jdbc().sql("""
                INSERT INTO connection (id, company_id, connector, title, enabled, created_at, changed_at)
                VALUES (3, 1, 'pbx', 'PBX', TRUE, 0, 0), (12, 1, 'crm', 'CRM', TRUE, 0, 0)\
                """).update();
            spring.registerBean(DataSource.class, database::dataSource);
            spring.registerBean(JdbcClient.class, database::jdbc);
            spring.registerBean(PlatformTransactionManager.class, database::transactionManager);
            spring.registerBean(Clock.class, () -> clock);
            spring.registerBean(ErasedPersons.class, () -> ErasedPersons.NONE);
            spring.register(Transactions.class, Companies.class);
            spring.scan("io.patchbay.journal", "io.patchbay.directory");
            spring.refresh();
            journal = spring.getBean(Journal.class);
            ledger = new JdbcLedger(database.jdbc());
            wakes = new JdbcWakes(database.jdbc());
            var receivers = new OneReceiver();
            var runner = new EffectRunner(
                    journal,
                    ledger,
                    wakes,
                    receivers,
                    spring.getBean(Clients.class),
                    Hub::person,
                    target,
                    new NoLinks(),
                    WhoCalls.NOBODY,
                    spring.getBean(Companies.class)::get,
                    RetrySchedule.DEFAULT,
                    database.transactions(),
                    clock,
                    () -> 0);
            steps = new EffectSteps(
                    journal,
                    ledger,
                    wakes,
                    receivers,
                    runner,
                    (connection, call, group, live) -> sent.add(call),
                    Duration.ofMinutes(1),
                    clock);
        }

        List<Joined> arrives(Story story) {
            return database.transactions().execute(transaction -> {
                var joined = journal.join(COMPANY, List.copyOf(story.call().facts()));
                var before = sent.size();
                steps.wake(joined);
                assertThat(sent).as("nothing is sent before the commit").hasSize(before);
                return joined;
            });
        }

        private static Optional<People.Person> person(CompanyId company, long pbx, Seat seat, long target) {
            return Optional.of(new People.Person(
                    Optional.of("user-" + seat.id()), Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Override
        public void close() {
            spring.close();
            database.close();
        }
    }

    private record OneReceiver() implements Receivers {

        private static final Receiver CONNECTION = new Receiver(
                CRM,
                COMPANY,
                EnumSet.of(Operation.FIND_CLIENT, Operation.CREATE_CLIENT, Operation.LOG_CALL, Operation.CREATE_TASK),
                RuleSet.DEFAULT,
                Optional.empty(),
                false,
                true,
                Optional.empty());

        @Override
        public Optional<Receiver> find(long connection) {
            return Optional.of(CONNECTION);
        }

        @Override
        public List<Receiver> of(CompanyId company) {
            return List.of(CONNECTION);
        }

        @Override
        public Optional<CompanyId> companyOf(long connection) {
            return Optional.of(COMPANY);
        }
    }

    private record NoLinks() implements RecordingLinks {

        @Override
        public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public Optional<String> page(CallId call) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissedCallGoesFromItsFactsIntoTheTargetOnce(TestDatabase.Kind kind) {
        try (var hub = new Hub(kind)) {
            var story = Story.inbound().rings(ANNA, 0).ends(ANNA, 20);
            var call = hub.arrives(story).getFirst().id();

            assertThat(hub.sent).containsExactly(call);
            assertThat(hub.wakes.of(call, CRM)).isPresent();
            hub.steps.look(CRM, call.value());
            assertThat(hub.target.operations())
                    .as("more may come with the same burst")
                    .isEmpty();
            hub.clock.advance(Call.SETTLING);
            hub.steps.look(CRM, call.value());
            hub.arrives(story);
            hub.steps.look(CRM, call.value());

            assertThat(hub.sent).as("facts told twice wake nobody").containsExactly(call);
            assertThat(hub.wakes.of(call, CRM)).isEmpty();
            assertThat(hub.target.operations())
                    .containsExactly(
                            Operation.FIND_CLIENT, Operation.CREATE_CLIENT, Operation.LOG_CALL, Operation.CREATE_TASK);
            assertThat(hub.ledger.of(call)).allMatch(Effect::isDone).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiftyFirstCallsOfOneNumberAtOnceMakeOneClient(TestDatabase.Kind kind) throws Exception {
        try (var hub = new Hub(kind)) {
            var calls = new ArrayList<CallId>();
            for (var number = 0; number < 50; number++) {
                calls.add(
                        hub.arrives(Story.named("call-" + number).rings(ANNA, 0).ends(ANNA, 20))
                                .getFirst()
                                .id());
            }
            assertThat(calls).doesNotHaveDuplicates();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var result : threads.invokeAll(calls.stream()
                        .map(call -> Executors.callable(() -> hub.steps.look(CRM, call.value())))
                        .toList())) {
                    result.get();
                }
            }
            hub.clock.advance(Duration.ofSeconds(3));
            hub.sent.clear();
            hub.steps.sweep();
            List.copyOf(hub.sent).forEach(call -> hub.steps.look(CRM, call.value()));

            assertThat(hub.target.cards).hasSize(1);
            assertThat(hub.target.entries).hasSize(50);
            assertThat(calls).allMatch(call -> hub.wakes.of(call, CRM).isEmpty());
        }
    }
}
