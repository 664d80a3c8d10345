package io.patchbay.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.call.Extension;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientOrder;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.ClientPolicy;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConnectedWhoCallsTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long CRM = 8;
    private static final long SHOP = 9;
    private static final PhoneNumber NUMBER = (PhoneNumber) new NumberPlan("RU").read("+79000001235");
    private static final String IVAN =
            "{\"clients\": [{\"kind\": \"contact\", \"id\": \"17\", \"name\": \"Ivan\", \"owner\": \"3\"}]}";
    private static final String NOBODY = "{\"clients\": []}";
    private static final String ORDERS =
            "{\"orders\": [{\"id\": \"1\", \"number\": \"A-1\", \"status\": \"processing\", \"total\": \"10.50\","
                    + " \"currency\": \"RUB\", \"at\": \"2026-11-24T10:00:00Z\", \"open\": true, \"items\": [{\"name\":"
                    + " \"Kettle\", \"quantity\": 2}]}, {\"id\": \"2\", \"status\": \"completed\", \"total\": \"much\","
                    + " \"at\": \"2026-11-20T10:00:00Z\", \"open\": false}]}";

    private final TestDatabase database = TestDatabase.of(TestDatabase.Kind.SQLITE);
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T07:00:00Z"));
    private final ScriptedSystems systems = new ScriptedSystems();
    private AnnotationConfigApplicationContext spring;
    private Employee anna;

    @EnableTransactionManagement
    static class Transactions {}

    /** Systems that answer as a test tells them. */
    private static final class ScriptedSystems implements Systems {

        private final Map<Operation, Set<Long>> can = new ConcurrentHashMap<>(
                Map.of(Operation.FIND_CLIENT, Set.of(CRM, SHOP), Operation.LIST_ORDERS, Set.of(SHOP)));
        private final Map<String, Function<JsonNode, JsonNode>> answers = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        void answers(long connection, Operation operation, String json) {
            answers.put(
                    connection + operation.word(), input -> JsonMapper.shared().readTree(json));
        }

        void does(long connection, Operation operation, Function<JsonNode, JsonNode> work) {
            answers.put(connection + operation.word(), work);
        }

        @Override
        public Set<Long> thatCan(CompanyId company, Operation operation) {
            return company.equals(COMPANY) ? can.getOrDefault(operation, Set.of()) : Set.of();
        }

        @Override
        public JsonNode ask(long connection, Operation operation, JsonNode input) {
            asked.add(connection + " " + operation.word());
            return answers.get(connection + operation.word()).apply(input);
        }
    }

    @BeforeEach
    void start() {
        spring = new AnnotationConfigApplicationContext();
        spring.registerBean(JdbcClient.class, database::jdbc);
        spring.registerBean(PlatformTransactionManager.class, database::transactionManager);
        spring.registerBean(java.time.Clock.class, () -> clock);
        spring.registerBean(Companies.class, () -> new Companies(database.jdbc()));
        spring.register(Transactions.class);
        new ClassPathBeanDefinitionScanner(spring).scan("io.patchbay.directory");
        spring.refresh();
        var employees = spring.getBean(Employees.class);
        anna = employees.add(COMPANY, "Anna", Optional.empty(), Optional.of(new Extension("201")), true);
        employees.tie(anna.id(), CRM, "3");
        systems.answers(CRM, Operation.FIND_CLIENT, IVAN);
        systems.answers(SHOP, Operation.FIND_CLIENT, NOBODY);
        systems.answers(SHOP, Operation.LIST_ORDERS, ORDERS);
    }

    @AfterEach
    void stop() {
        spring.close();
        database.close();
    }

    private ConnectedWhoCalls whoCalls(Duration budget) {
        return new ConnectedWhoCalls(
                systems,
                spring.getBean(Companies.class),
                spring.getBean(Clients.class),
                spring.getBean(ClientDirectory.class),
                spring.getBean(ClientOrders.class),
                spring.getBean(Employees.class),
                new CallerProperties(budget, Duration.ofSeconds(60)),
                clock);
    }

    @Test
    void putsTogetherWhatAllSystemsSay() {
        var known = whoCalls(Duration.ofMinutes(1)).ask(COMPANY, NUMBER);

        assertThat(known.client()).map(Client::name).contains("Ivan");
        assertThat(known.owner().orElseThrow().employee().id()).isEqualTo(anna.id());
        assertThat(known.owner().orElseThrow().ids()).containsEntry(CRM, "3");
        assertThat(known.orders()).extracting(ClientOrder::id).containsExactly("1", "2");
        assertThat(known.openOrders())
                .extracting(ClientOrder::inShort)
                .containsExactly("A-1: 10.50 RUB, processing (Kettle x 2)");
        assertThat(known.orders().get(1).total()).isEmpty();
        assertThat(known.answered()).containsExactlyInAnyOrder(CRM, SHOP);
        assertThat(known.late()).isEmpty();
        assertThat(spring.getBean(Clients.class).known(COMPANY, CRM, NUMBER))
                .map(ClientRecord::id)
                .contains("17");
    }

    @Test
    void waitsForNoSystemLongerThanTheBudgetAndRemembersWhatItSaysLater() {
        var late = new CountDownLatch(1);
        systems.does(CRM, Operation.FIND_CLIENT, input -> {
            try {
                late.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return JsonMapper.shared().readTree(IVAN);
        });
        var whoCalls = whoCalls(Duration.ofMillis(300));
        // the shop is quick, but a machine under load may be slower than the budget: its answer is awaited first
        whoCalls.ask(COMPANY, NUMBER);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> whoCalls.known(COMPANY, NUMBER).orders().size() == 2);

        var known = whoCalls.ask(COMPANY, NUMBER);
        assertThat(known.client()).isEmpty();
        assertThat(known.late()).containsExactly(CRM);

        late.countDown();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> whoCalls.known(COMPANY, NUMBER).client().isPresent());
    }

    @Test
    void goesOnWithoutASystemThatFails() {
        systems.does(CRM, Operation.FIND_CLIENT, input -> {
            throw new ConnectorException(Fault.UNREACHABLE, "down");
        });

        var known = whoCalls(Duration.ofMinutes(1)).ask(COMPANY, NUMBER);

        assertThat(known.orders()).hasSize(2);
        assertThat(known.answered()).containsExactly(SHOP);
        assertThat(known.late()).containsExactly(CRM);
    }

    @Test
    void asksEachSystemOnceHoweverManyPhonesRing() throws Exception {
        var whoCalls = whoCalls(Duration.ofMinutes(1));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = threads.invokeAll(IntStream.range(0, 16)
                    .<java.util.concurrent.Callable<Acquaintance>>mapToObj(i -> () -> whoCalls.ask(COMPANY, NUMBER))
                    .toList());
            for (var one : all) {
                assertThat(one.get().client()).isPresent();
            }
        }

        assertThat(systems.asked)
                .containsExactlyInAnyOrder(CRM + " find-client", SHOP + " find-client", SHOP + " list-orders");

        clock.advance(Duration.ofSeconds(61));
        whoCalls.ask(COMPANY, NUMBER);
        assertThat(systems.asked).hasSize(5); // who is known in a system is not looked for there again
    }

    @Test
    void believesTheMasterWhereTwoSystemsKnowTheNumber() {
        systems.answers(
                SHOP,
                Operation.FIND_CLIENT,
                "{\"clients\": [{\"kind\": \"customer\", \"id\": \"5\", \"name\": \"Buyer\"}]}");
        var directory = spring.getBean(ClientDirectory.class);
        directory.setPolicy(COMPANY, new ClientPolicy.Master(SHOP));

        var known = whoCalls(Duration.ofMinutes(1)).ask(COMPANY, NUMBER);

        assertThat(known.client()).map(Client::name).contains("Buyer");
        assertThat(known.client().orElseThrow().accounts().getFirst().connection())
                .isEqualTo(SHOP);
        assertThat(known.owner()).isPresent();
    }

    @Test
    void tellsNothingOfAnotherCompanysClients() {
        var whoCalls = whoCalls(Duration.ofMinutes(1));
        whoCalls.ask(COMPANY, NUMBER);

        assertThat(whoCalls.ask(new CompanyId(2), NUMBER)).isEqualTo(Acquaintance.NONE);
    }
}
