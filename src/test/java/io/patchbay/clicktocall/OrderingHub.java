package io.patchbay.clicktocall;

import io.patchbay.call.Call;
import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.CallKey;
import io.patchbay.call.Claim;
import io.patchbay.call.Direction;
import io.patchbay.call.Extension;
import io.patchbay.call.LegFact;
import io.patchbay.call.LegKey;
import io.patchbay.call.LegPhase;
import io.patchbay.call.LegTimes;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.caller.Acquaintance;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connector.Operation;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.Clients;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import io.patchbay.directory.Lines;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectRunner;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.JdbcLedger;
import io.patchbay.effect.JdbcWakes;
import io.patchbay.effect.People;
import io.patchbay.effect.Receiver;
import io.patchbay.effect.Receivers;
import io.patchbay.effect.RecordingLinks;
import io.patchbay.effect.RetrySchedule;
import io.patchbay.intake.HubEvent.CallOrdered;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.ErasedPersons;
import io.patchbay.journal.Journal;
import io.patchbay.rules.RuleSet;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A hub on real tables whose PBX and CRM do what a test tells them to. Anna has a telephone, Boris has none; 203 is Vera's extension. */
final class OrderingHub implements AutoCloseable {

    static final CompanyId COMPANY = new CompanyId(1);
    static final Instant NOON = Instant.parse("2026-11-25T09:00:00Z");
    static final String CLIENT = "+79000001235";
    static final Seat ANNA = new Seat("anna@pbx");
    static final String ANNA_IN_CRM = "21";
    static final String BORIS_IN_CRM = "22";

    @EnableTransactionManagement
    static class Transactions {}

    /** One question that the CRM was asked. */
    record Asked(Operation operation, JsonNode input) {}

    final MovableClock clock = new MovableClock(NOON);
    final TestDatabase database;
    final List<ObjectNode> originated = new ArrayList<>();
    final Deque<Supplier<JsonNode>> pbxAnswers = new ArrayDeque<>();
    final List<Asked> crm = new ArrayList<>();
    final Deque<Long> queue = new ArrayDeque<>();
    final ConnectionId pbxId;
    final ConnectionId crmId;
    final Orders orders;
    final Employees employees;
    final JdbcConnections connections;
    final Journal journal;
    final ClickToCall clicks;
    RuleSet rules = RuleSet.DEFAULT;
    Optional<String> defaultEmployee = Optional.of(ANNA_IN_CRM);
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
    private final JdbcLedger ledger;
    private final EffectSteps effects;
    private final EffectRunner runner;
    private int references;

    OrderingHub(TestDatabase.Kind kind) {
        database = TestDatabase.of(kind);
        spring.registerBean(DataSource.class, database::dataSource);
        spring.registerBean(JdbcClient.class, database::jdbc);
        spring.registerBean(PlatformTransactionManager.class, database::transactionManager);
        spring.registerBean(Clock.class, () -> clock);
        spring.registerBean(ErasedPersons.class, () -> ErasedPersons.NONE);
        spring.register(Transactions.class, Companies.class);
        spring.scan("io.patchbay.journal", "io.patchbay.directory");
        spring.refresh();
        connections = new JdbcConnections(database.jdbc(), database.transactions(), clock);
        pbxId = connections.add(COMPANY, "pbx", "PBX", Map.of()).id();
        crmId = connections.add(COMPANY, "crm", "CRM", Map.of()).id();
        employees = spring.getBean(Employees.class);
        employee("Anna", "201", ANNA_IN_CRM, Optional.of(ANNA.id()));
        employee("Boris", "202", BORIS_IN_CRM, Optional.empty());
        employee("Vera", "203", "23", Optional.of("vera@pbx"));
        journal = spring.getBean(Journal.class);
        ledger = new JdbcLedger(database.jdbc());
        var wakes = new JdbcWakes(database.jdbc());
        var receivers = new OnlyTheCrm();
        runner = new EffectRunner(
                journal,
                ledger,
                wakes,
                receivers,
                spring.getBean(Clients.class),
                this::person,
                this::answerOfCrm,
                new NoLinks(),
                WhoCalls.NOBODY,
                spring.getBean(Companies.class)::get,
                RetrySchedule.DEFAULT,
                database.transactions(),
                clock,
                () -> 0);
        effects = new EffectSteps(
                journal,
                ledger,
                wakes,
                receivers,
                runner,
                (connection, call, group, live) -> {},
                Duration.ofMinutes(1),
                clock);
        orders = new Orders(database.jdbc());
        clicks = started();
    }

    /** The same hub after a restart: what was only in memory is gone. */
    ClickToCall started() {
        queue.clear();
        var pbx = new ScriptedPbx();
        return new ClickToCall(
                orders,
                new Telephones(connections, pbx, employees, spring.getBean(Lines.class)),
                new OnlyTheCrm(),
                pbx,
                spring.getBean(Companies.class),
                journal,
                effects,
                queue::add,
                database.transactions(),
                new OrderProperties(
                        Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(3)),
                clock);
    }

    /** What shops tell comes here; the shop is the same connection as the CRM. */
    PlacedOrders placedOrders() {
        return new PlacedOrders(
                clicks,
                new OnlyTheCrm(),
                spring.getBean(Companies.class),
                spring.getBean(ClientDirectory.class),
                spring.getBean(ClientOrders.class));
    }

    Acquaintance known(String number) {
        var directory = spring.getBean(ClientDirectory.class);
        var read = (PhoneNumber) new NumberPlan("RU").read(number);
        return new Acquaintance(
                directory.of(COMPANY, read),
                Optional.empty(),
                spring.getBean(ClientOrders.class).of(COMPANY, List.of(read)),
                Set.of(),
                Set.of());
    }

    Employee employee(String name, String extension, String inCrm, Optional<String> inPbx) {
        var added = employees.add(COMPANY, name, Optional.empty(), Optional.of(new Extension(extension)), true);
        employees.tie(added.id(), crmId.value(), inCrm);
        inPbx.ifPresent(id -> employees.tie(added.id(), pbxId.value(), id));
        return added;
    }

    CallOrdered order(String entry) {
        return order(entry, ANNA_IN_CRM, CLIENT);
    }

    CallOrdered order(String entry, String employee, String number) {
        return new CallOrdered(COMPANY, crmId, entry, employee, number, entry, "", "", true, clock.instant());
    }

    CallOrdered callBack(String number, String text) {
        return new CallOrdered(COMPANY, crmId, "hook:" + ++references, "", number, "", "", text, true, clock.instant());
    }

    /** Everything that waits in the queue is placed. */
    void place() {
        while (!queue.isEmpty()) {
            clicks.place(queue.poll());
        }
    }

    /** The PBX answers the next order with this call's name. */
    void pbxMakes(String call) {
        pbxAnswers.add(() -> made(call));
    }

    static ObjectNode made(String call) {
        return JsonNodeFactory.instance.objectNode().put("call", call).put("leg", call + "-leg");
    }

    /** What the PBX tells of an answered click-to-call; the first event shows the employee's own number (contracts/pbx/beeline.md, section 8, 14). */
    List<CallFact> answeredClick(String call) {
        return List.of(
                leg(call, LegPhase.ORDERED, 1, "+79000000201"),
                leg(call, LegPhase.RINGING, 7, CLIENT),
                leg(call, LegPhase.TALKING, 22, CLIENT),
                leg(call, LegPhase.ENDED, 82, CLIENT));
    }

    LegFact leg(String call, LegPhase phase, long second, String number) {
        return leg(call, phase, second, new NumberPlan("RU").read(number));
    }

    LegFact leg(String call, LegPhase phase, long second, Party client) {
        var at = NOON.plusSeconds(second);
        return new LegFact(
                new CallKey(pbxId.value(), call),
                new LegKey(call + "-leg"),
                at,
                phase,
                ANNA,
                SeatRole.EMPLOYEE,
                Optional.of(Claim.stated(Direction.OUTBOUND)),
                Optional.of(Claim.stated(client)),
                Optional.empty(),
                new LegTimes(
                        Optional.of(NOON.plusSeconds(1)),
                        Optional.empty(),
                        phase == LegPhase.TALKING ? Optional.of(at) : Optional.empty(),
                        phase == LegPhase.ENDED ? Optional.of(at) : Optional.empty(),
                        Duration.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** As the routes do it: one transaction, then each connection that was woken looks. */
    void hear(CallFact fact) {
        database.transactions().executeWithoutResult(status -> effects.wake(journal.join(COMPANY, List.of(fact))));
        look();
    }

    /** The CRM's connection looks at every call. */
    void look() {
        calls().forEach(call -> runner.look(crmId.value(), call));
    }

    List<CallId> calls() {
        return journal
                .list(new CallQuery(
                        COMPANY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        100))
                .items()
                .stream()
                .map(row -> row.id())
                .toList();
    }

    Call only() {
        var calls = calls();
        if (calls.size() != 1) {
            throw new AssertionError("There are " + calls.size() + " calls: " + calls);
        }
        return call(calls.getFirst());
    }

    Call call(CallId id) {
        return journal.find(COMPANY, id).orElseThrow().call();
    }

    List<Effect> effects() {
        return calls().stream().flatMap(call -> ledger.of(call).stream()).toList();
    }

    List<Operation> askedOfCrm() {
        return crm.stream().map(Asked::operation).toList();
    }

    JsonNode inputOf(Operation operation) {
        return crm.stream()
                .filter(asked -> asked.operation() == operation)
                .toList()
                .getLast()
                .input();
    }

    private JsonNode answerOfCrm(long connection, Operation operation, JsonNode input) {
        crm.add(new Asked(operation, input));
        return JsonNodeFactory.instance.objectNode().put("id", operation.word() + "-" + crm.size());
    }

    private Optional<People.Person> person(CompanyId company, long pbx, Seat seat, long target) {
        return employees
                .at(company, pbx, seat)
                .map(one -> new People.Person(
                        employees.idIn(one.id(), target),
                        one.extension().map(Extension::digits),
                        Optional.of(one.name()),
                        one.email()));
    }

    @Override
    public void close() {
        spring.close();
        database.close();
    }

    private final class ScriptedPbx implements Originator {

        @Override
        public boolean can(ConnectionId pbx) {
            return pbx.equals(pbxId);
        }

        @Override
        public JsonNode originate(ConnectionId pbx, JsonNode input) {
            originated.add((ObjectNode) input);
            return pbxAnswers.isEmpty()
                    ? made("click-" + originated.size())
                    : pbxAnswers.poll().get();
        }
    }

    private final class OnlyTheCrm implements Receivers {

        private Receiver receiver() {
            return new Receiver(
                    crmId.value(),
                    COMPANY,
                    EnumSet.of(
                            Operation.OPEN_CALL,
                            Operation.SHOW_CARD,
                            Operation.HIDE_CARD,
                            Operation.CLOSE_CALL,
                            Operation.CREATE_TASK),
                    rules,
                    defaultEmployee,
                    false,
                    true,
                    Optional.empty());
        }

        @Override
        public Optional<Receiver> find(long connection) {
            return connection == crmId.value() ? Optional.of(receiver()) : Optional.empty();
        }

        @Override
        public List<Receiver> of(CompanyId company) {
            return List.of(receiver());
        }

        @Override
        public Optional<CompanyId> companyOf(long connection) {
            return Optional.of(COMPANY);
        }
    }

    private static final class NoLinks implements RecordingLinks {

        @Override
        public ObjectNode recording(CompanyId company, CallId call, RecordingFact recording, boolean content) {
            throw new AssertionError("No recording is expected here.");
        }

        @Override
        public Optional<String> page(CallId call) {
            return Optional.empty();
        }
    }
}
