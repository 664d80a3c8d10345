package io.patchbay.testing;

import io.github.bucket4j.BlockingStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionConfiguration;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorConfiguration;
import io.patchbay.connector.ConnectorRoutes;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.JsltLanguage;
import io.patchbay.connector.Operation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One connection of one connector, with the real kit, routes and {@code api:} and a real database, but no broker and no web server.
 *
 * <pre>{@code
 * try (var crm = new SimulatedCrm();
 *         var bench = ConnectorBench.of("crm").at(crm.address()).secret("token", "t-1").start()) {
 *     var found = bench.run(Operation.FIND_CLIENT, """
 *             {"number": "+79000001234"}""");
 * }
 * }</pre>
 */
public final class ConnectorBench implements AutoCloseable {

    /** Half past ten on a Monday in Moscow. */
    public static final Instant START = Instant.parse("2026-03-09T07:30:00Z");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Plan plan;
    private final boolean ownsDatabase;
    private final AnnotationConfigApplicationContext spring;
    private final TestDatabase database;
    private final Connection connection;

    private ConnectorBench(
            Plan plan,
            AnnotationConfigApplicationContext spring,
            TestDatabase database,
            Connection connection,
            boolean ownsDatabase) {
        this.plan = plan;
        this.ownsDatabase = ownsDatabase;
        this.spring = spring;
        this.database = database;
        this.connection = connection;
    }

    /** A connector on the class path, i.e. of the folder {@code connectors/}. */
    public static Plan of(String connector) {
        return new Plan(connector);
    }

    /** What a bench is to be; {@link #start()} makes it. */
    public static final class Plan {

        private final String connector;
        private final Map<String, JsonNode> settings = new LinkedHashMap<>();
        private final Map<String, String> secrets = new LinkedHashMap<>();
        private final Map<String, Object> properties = new LinkedHashMap<>();
        private Clock clock = new MovableClock(START);
        private TestDatabase.Kind kind = TestDatabase.Kind.SQLITE;
        private boolean hub;

        private Plan(String connector) {
            this.connector = connector;
            properties.put("patchbay.api.allowed-networks", "127.0.0.0/8");
            properties.put("patchbay.connectors-dir", "no-such-folder");
        }

        /** The connectors of this folder are there too. */
        public Plan in(Path folder) {
            properties.put("patchbay.connectors-dir", folder.toString());
            return this;
        }

        /** Replaces the base address. */
        public Plan at(URI address) {
            return setting(Connector.BASE_URL, address.toString());
        }

        public Plan setting(String name, String value) {
            return setting(name, JsonNodeFactory.instance.stringNode(value));
        }

        public Plan setting(String name, JsonNode value) {
            settings.put(name, value);
            return this;
        }

        public Plan secret(String name, String value) {
            secrets.put(name, value);
            return this;
        }

        /** A property of the hub, e.g. {@code patchbay.api.longest-wait}. */
        public Plan property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** A clock shared with the simulator. */
        public Plan clock(Clock shared) {
            clock = shared;
            return this;
        }

        /** The machine's clock instead of one that stands still. */
        public Plan realTime() {
            clock = Clock.systemUTC();
            return this;
        }

        public Plan on(TestDatabase.Kind database) {
            kind = database;
            return this;
        }

        /** With the journal and all that listens between two calls: recordings, backfill, upkeep. See {@link HubParts}. */
        public Plan hub() {
            hub = true;
            return this;
        }

        public ConnectorBench start() {
            var database = TestDatabase.of(kind);
            properties.put("patchbay.data-dir", database.folder().toString());
            var spring = node(database);
            usable(spring.getBean(Connectors.class), connector);
            var connection = spring.getBean(Connections.class).add(new CompanyId(1), connector, "Test", settings);
            secrets.forEach(
                    (name, value) -> spring.getBean(Secrets.class).keep(connection.id(), name, new Secret(value)));
            return new ConnectorBench(this, spring, database, connection, true);
        }

        private AnnotationConfigApplicationContext node(TestDatabase database) {
            var spring = new AnnotationConfigApplicationContext();
            spring.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", properties));
            bean(spring, DataSource.class, database.dataSource());
            bean(spring, JdbcClient.class, database.jdbc());
            bean(spring, PlatformTransactionManager.class, database.transactionManager());
            bean(spring, Clock.class, clock);
            if (clock
                    instanceof
                    MovableClock movable) { // who waits under a rate limit lets the time pass and does not sleep
                bean(spring, BlockingStrategy.class, nanos -> movable.advance(Duration.ofNanos(nanos)));
            }
            bean(spring, MeterRegistry.class, new SimpleMeterRegistry());
            bean(spring, CamelContext.class, new DefaultCamelContext());
            spring.register(ConnectorConfiguration.class, ConnectionConfiguration.class);
            if (hub) {
                bean(spring, Path.class, database.folder());
                spring.register(HubParts.class);
                spring.scan(HubParts.PACKAGES);
            }
            spring.refresh();
            startCamel(spring);
            return spring;
        }

        private static void startCamel(AnnotationConfigApplicationContext spring) {
            var camel = spring.getBean(CamelContext.class);
            camel.addComponent("map", spring.getBean("map-component", org.apache.camel.Component.class));
            camel.addComponent("api", spring.getBean("api-component", org.apache.camel.Component.class));
            camel.getRegistry().bind("jslt-language", spring.getBean(JsltLanguage.class));
            new ConnectorRoutes(spring.getBean(Connectors.class)).joinTo(camel);
            camel.start();
        }

        private static <T> void bean(AnnotationConfigApplicationContext spring, Class<T> type, T bean) {
            spring.registerBean(type, () -> bean);
        }
    }

    static Connector usable(Connectors connectors, String id) {
        return connectors
                .find(id)
                .orElseThrow(() -> new AssertionError("The connector " + id + " is not usable: "
                        + connectors.setAside().getOrDefault(id, List.of())
                        + "; usable are " + connectors.all() + "."));
    }

    /** Runs an operation. Throws what the core would see: {@code ConnectorException}. */
    public JsonNode run(Operation operation, JsonNode input) {
        return bean(Operations.class).run(connection.id(), operation, input);
    }

    public JsonNode run(Operation operation, String input) {
        return run(operation, JSON.readTree(input));
    }

    /** Runs an operation that gives bytes. */
    public byte[] bytes(Operation operation, String input) {
        return bean(Operations.class)
                .read(
                        connection.id(),
                        operation,
                        JSON.readTree(input),
                        content -> content.stream().readAllBytes());
    }

    public Connection connection() {
        return bean(Connections.class).get(connection.id());
    }

    public Connector connector() {
        return bean(Connectors.class).get(connection.connector());
    }

    /** All connectors of the bench, also those that are not connected. */
    public Connectors connectors() {
        return bean(Connectors.class);
    }

    public ConnectionHealth.Health health() {
        return bean(ConnectionHealth.class).of(connection.id());
    }

    /** Changes settings as an administrator would. */
    public void set(String name, String value) {
        bean(Connections.class)
                .change(
                        connection.id(),
                        Connections.Change.settings(Map.of(name, JsonNodeFactory.instance.stringNode(value))));
    }

    public void keepSecret(String name, String value) {
        bean(Secrets.class).keep(connection.id(), name, new Secret(value));
    }

    public ConnectionState state() {
        return bean(ConnectionState.class);
    }

    public MeterRegistry meters() {
        return bean(MeterRegistry.class);
    }

    /** Stands still until moved; not there after {@link Plan#realTime()}. */
    public MovableClock clock() {
        return (MovableClock) bean(Clock.class);
    }

    public TestDatabase database() {
        return database;
    }

    /**
     * Another connection of the same hub, with the secrets of the plan: much cheaper than another bench. To be closed before this one, or not at all.
     *
     * @param changed settings that differ from the plan's
     */
    public ConnectorBench connect(Map<String, JsonNode> changed) {
        var settings = new LinkedHashMap<>(plan.settings);
        settings.putAll(changed);
        var beside = bean(Connections.class).add(new CompanyId(1), plan.connector, "Test", settings);
        plan.secrets.forEach((name, value) -> bean(Secrets.class).keep(beside.id(), name, new Secret(value)));
        return new ConnectorBench(plan, spring, database, beside, false);
    }

    /** The same with another address of the target. */
    public ConnectorBench connect(URI address) {
        return connect(Map.of(Connector.BASE_URL, JsonNodeFactory.instance.stringNode(address.toString())));
    }

    /** Another node of the hub on the same database and connection; to be closed before this one. */
    public ConnectorBench secondNode() {
        return new ConnectorBench(plan, plan.node(database), database, connection, false);
    }

    /** A part of the kit that the bench has no word for. */
    public <T> T bean(Class<T> type) {
        return spring.getBean(type);
    }

    @Override
    public void close() {
        try {
            spring.getBean(CamelContext.class).stop();
        } finally {
            spring.close();
            if (ownsDatabase) {
                database.close();
            }
        }
    }
}
