package io.patchbay.workshop;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionConfiguration;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.connection.TokenStore;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorConfiguration;
import io.patchbay.connector.ConnectorRoutes;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.JsltLanguage;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Problem;
import io.patchbay.runtime.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One connector's folder with the real kit and {@code api:} on a throw-away database: no broker, no web server, no hub. */
final class Workbench implements AutoCloseable {

    private final String id;
    private final Path folder;
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();

    /** @param connector its folder; a copy is used, so that neighbours do not matter */
    Workbench(Path connector) {
        id = connector.toAbsolutePath().normalize().getFileName().toString();
        try {
            folder = Files.createTempDirectory("patchbay-workbench");
            FileSystemUtils.copyRecursively(
                    connector, folder.resolve("connectors").resolve(id));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy " + connector + ".", e);
        }
        start();
    }

    private void start() {
        var url = "jdbc:sqlite:" + folder.resolve("try.db");
        var database = Databases.open(url, "", "", 4);
        Flyway.configure()
                .dataSource(database)
                .placeholders(Databases.placeholders(url))
                .load()
                .migrate();
        spring.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "workbench",
                        Map.of(
                                "patchbay.connectors-dir",
                                        folder.resolve("connectors").toString(),
                                "patchbay.data-dir", folder.toString(),
                                // who tries a connector chose the address himself
                                "patchbay.api.allowed-networks",
                                        "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16")));
        bean(DataSource.class, database);
        bean(JdbcClient.class, JdbcClient.create(database));
        bean(PlatformTransactionManager.class, Databases.transactions(database));
        bean(Clock.class, Clock.systemUTC());
        bean(MeterRegistry.class, new SimpleMeterRegistry());
        bean(CamelContext.class, new DefaultCamelContext());
        spring.register(ConnectorConfiguration.class, ConnectionConfiguration.class);
        spring.refresh();
        var camel = spring.getBean(CamelContext.class);
        camel.addComponent("map", spring.getBean("map-component", Component.class));
        camel.addComponent("api", spring.getBean("api-component", Component.class));
        camel.getRegistry().bind("jslt-language", spring.getBean(JsltLanguage.class));
        new ConnectorRoutes(connectors()).joinTo(camel);
        camel.start();
    }

    private <T> void bean(Class<T> type, T bean) {
        spring.registerBean(type, () -> bean);
    }

    private Connectors connectors() {
        return spring.getBean(Connectors.class);
    }

    /** Everything that is wrong with the folder. */
    List<Problem> problems() {
        return connectors().setAside().getOrDefault(id, List.of());
    }

    /** Empty when the folder has problems. */
    Optional<Connector> connector() {
        return connectors().find(id);
    }

    /** Connects with these settings, secret ones among them. */
    ConnectionId connect(Map<String, JsonNode> settings, Optional<ContractFile.Tokens> tokens, Optional<URI> base) {
        var connector = connectors().get(id);
        var open = new LinkedHashMap<String, JsonNode>();
        var secret = new LinkedHashMap<String, String>();
        settings.forEach((name, value) -> {
            var known = connector.settings().get(name);
            var filled = base.isPresent() && value.isString()
                    ? JsonNodeFactory.instance.stringNode(
                            value.asString().replace("{target}", base.get().toString()))
                    : value;
            if (known != null && known.isSecret()) {
                secret.put(name, filled.asString());
            } else {
                open.put(name, filled);
            }
        });
        base.ifPresent(
                address -> open.put(Connector.BASE_URL, JsonNodeFactory.instance.stringNode(address.toString())));
        var connection = spring.getBean(Connections.class).add(new CompanyId(1), id, connector.title(), open);
        secret.forEach((name, value) -> spring.getBean(Secrets.class).keep(connection.id(), name, new Secret(value)));
        tokens.ifPresent(pair -> spring.getBean(TokenStore.class)
                .replace(
                        connection.id(),
                        new Secret(pair.access()),
                        Optional.of(new Secret(pair.refresh())),
                        Clock.systemUTC().instant().plusSeconds(pair.seconds())));
        return connection.id();
    }

    /** @throws io.patchbay.connector.ConnectorException whatever the hub would see */
    JsonNode run(ConnectionId connection, Operation operation, JsonNode input) {
        var operations = spring.getBean(Operations.class);
        return operation == Operation.FETCH_RECORDING
                ? operations.read(
                        connection,
                        operation,
                        input,
                        content -> JsonNodeFactory.instance
                                .objectNode()
                                .put("contentType", content.contentType())
                                .put(
                                        "base64",
                                        Base64.getEncoder()
                                                .encodeToString(content.stream().readAllBytes())))
                : operations.run(connection, operation, input);
    }

    @Override
    public void close() {
        spring.getBean(CamelContext.class).stop();
        spring.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + folder + ".", e);
        }
    }
}
