package io.patchbay.caller;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.caller.Acquaintance.Owner;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientOrders;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.directory.Employees;
import io.patchbay.directory.ListedClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the systems a company is connected to. Thread-safe. */
@Component
@EnableConfigurationProperties(CallerProperties.class)
class ConnectedWhoCalls implements WhoCalls {

    /** An answer of this age is still one to the question that is asked now. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectedWhoCalls.class);

    private final Systems systems;
    private final Companies companies;
    private final Clients clients;
    private final ClientDirectory directory;
    private final ClientOrders orders;
    private final Employees employees;
    private final CallerProperties properties;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Round> rounds = new ConcurrentHashMap<>();

    private record Key(CompanyId company, PhoneNumber number) {}

    ConnectedWhoCalls(
            Systems systems,
            Companies companies,
            Clients clients,
            ClientDirectory directory,
            ClientOrders orders,
            Employees employees,
            CallerProperties properties,
            Clock clock) {
        this.systems = systems;
        this.companies = companies;
        this.clients = clients;
        this.directory = directory;
        this.orders = orders;
        this.employees = employees;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Acquaintance ask(CompanyId company, PhoneNumber number, long since) {
        var now = clock.instant();
        var key = new Key(company, number);
        var mine = new Round(now);
        var round = rounds.merge(key, mine, (before, other) -> before.isOver(now) ? other : before);
        if (round == mine) {
            rounds.values().removeIf(before -> before.isOver(now));
            round.begin(key);
        }
        round.await(properties.budget());
        return acquaintance(key, round.beganNanos - since < 0 ? Set.of() : round.answered(now), round.late());
    }

    @Override
    public Acquaintance known(CompanyId company, PhoneNumber number) {
        return acquaintance(new Key(company, number), Set.of(), Set.of());
    }

    private Acquaintance acquaintance(Key key, Set<Long> answered, Set<Long> late) {
        var client = directory.of(key.company(), key.number());
        return new Acquaintance(
                client,
                client.flatMap(Client::owner)
                        .flatMap(owner -> employees.find(key.company(), owner))
                        .map(employee -> new Owner(employee, employees.idsOf(employee.id()))),
                orders.of(key.company(), client.map(Client::numbers).orElseGet(() -> List.of(key.number()))),
                answered,
                late);
    }

    /** All systems asked for one number at one time. */
    private final class Round {

        private final Instant began;
        private final long beganNanos = System.nanoTime();
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private final ConcurrentHashMap<Long, Instant> answers = new ConcurrentHashMap<>();
        private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

        Round(Instant began) {
            this.began = began;
        }

        boolean isOver(Instant now) {
            return !began.plus(properties.asAgain()).isAfter(now);
        }

        void begin(Key key) {
            try {
                var finders = new HashSet<>(systems.thatCan(key.company(), Operation.FIND_CLIENT));
                finders.removeIf(
                        id -> clients.known(key.company(), id, key.number()).isPresent());
                var shops = systems.thatCan(key.company(), Operation.LIST_ORDERS);
                waiting.addAll(finders);
                waiting.addAll(shops);
                var asked = Set.copyOf(waiting).stream()
                        .map(id -> inBackground(() -> ask(id, key, finders.contains(id), shops.contains(id))))
                        .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(asked).whenComplete((ignored, failed) -> all.complete(null));
            } catch (RuntimeException e) {
                all.complete(null); // else everybody would wait for what does not come
                throw e;
            }
        }

        private static CompletableFuture<Void> inBackground(Runnable work) {
            var done = new CompletableFuture<Void>();
            Thread.ofVirtual().name("who-calls").start(() -> {
                try {
                    work.run();
                } finally {
                    done.complete(null);
                }
            });
            return done;
        }

        private void ask(long connection, Key key, boolean finds, boolean listsOrders) {
            try {
                if (finds) {
                    find(connection, key);
                    answers.put(connection, clock.instant());
                }
                if (listsOrders) {
                    listOrders(connection, key);
                }
                waiting.remove(connection);
            } catch (RuntimeException e) {
                // its health and its log line are told at the door out; a phone that rings has to go on without it
                LOG.debug("who-calls.not-told company={} connection={}", key.company(), connection, e);
            }
        }

        void await(Duration budget) {
            try {
                var left = budget.toNanos() - (System.nanoTime() - beganNanos);
                all.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException late) {
                LOG.debug("who-calls.late connections={}", waiting);
            }
        }

        Set<Long> answered(Instant now) {
            var fresh = ConcurrentHashMap.<Long>newKeySet();
            answers.forEach((connection, at) -> {
                if (at.plus(FRESH).isAfter(now)) {
                    fresh.add(connection);
                }
            });
            return fresh;
        }

        Set<Long> late() {
            return Set.copyOf(waiting);
        }
    }

    private void find(long connection, Key key) {
        var told = systems.ask(connection, Operation.FIND_CLIENT, question(key)).path("clients");
        // the best is told last: his word counts in the directory
        for (var i = told.size() - 1; i >= 0; i--) {
            var vip = told.get(i).path("vip").asBoolean(false);
            ToldClients.card(told.get(i))
                    .ifPresent(card -> directory.told(
                            key.company(), connection, new ListedClient(card, List.of(key.number()), vip)));
        }
        first(told).ifPresent(card -> clients.remember(key.company(), connection, key.number(), card));
    }

    private static Optional<ClientRecord> first(JsonNode told) {
        return told.isEmpty() ? Optional.empty() : ToldClients.card(told.get(0));
    }

    private void listOrders(long connection, Key key) {
        var input = question(key);
        clients.known(key.company(), connection, key.number())
                .ifPresent(client ->
                        input.putObject("client").put("kind", client.kind()).put("id", client.id()));
        systems.ask(connection, Operation.LIST_ORDERS, input)
                .path("orders")
                .forEach(order -> ToldClients.order(order, connection)
                        .ifPresent(one -> orders.told(key.company(), key.number(), one)));
    }

    private ObjectNode question(Key key) {
        var input = JsonNodeFactory.instance
                .objectNode()
                .put("number", key.number().e164())
                .put("national", key.number().national());
        var forms = input.putArray("forms");
        new NumberPlan(companies.get(key.company()).region())
                .spellings(key.number())
                .forEach(forms::add);
        return input;
    }
}
