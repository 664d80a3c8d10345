package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.connection.TokenStore;
import io.patchbay.connector.Auth;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.workshop.Contract;
import io.patchbay.workshop.ToldServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * All connectors of a folder on one bench, each told case on a connection of its own.
 *
 * <p>The folders are copied without their pace, which has tests of its own; a second bench waits for answers only a moment, so that silence is not
 * long.
 */
final class ContractBench implements AutoCloseable {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path copies;
    private final Path hastyCopies;
    private final ConnectorBench patient;
    private final ConnectorBench hasty;

    private ContractBench(Path connectors) throws IOException {
        copies = copied(connectors, "10s");
        hastyCopies = copied(connectors, "400ms");
        patient = bench(copies);
        hasty = bench(hastyCopies);
    }

    static ContractBench of(Path connectors) {
        try {
            return new ContractBench(connectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copied(Path connectors, String answer) throws IOException {
        var copies = Files.createTempDirectory("patchbay-contract");
        FileSystemUtils.copyRecursively(connectors, copies);
        try (var folders = Files.list(copies)) {
            for (var manifest : folders.map(folder -> folder.resolve("connector.yaml"))
                    .filter(Files::exists)
                    .toList()) {
                var tree = (ObjectNode) YAML.readTree(Files.readString(manifest));
                tree.remove("pace");
                tree.putObject("timeouts").put("connect", "5s").put("answer", answer);
                Files.writeString(manifest, YAML.writeValueAsString(tree));
            }
        }
        return copies;
    }

    private static ConnectorBench bench(Path copies) throws IOException {
        try (var folders = Files.list(copies)) {
            var any = folders.filter(folder -> Files.exists(folder.resolve("connector.yaml")))
                    .findFirst()
                    .orElseThrow();
            return ConnectorBench.of(any.getFileName().toString()).in(copies).start();
        }
    }

    Connector connector(String id) {
        return patient.connectors().get(id);
    }

    MovableClock clock() {
        return patient.clock();
    }

    /** Runs a case and demands that it goes exactly as told. */
    void assertAsTold(String id, Contract.Told told) {
        try (var server = new ToldServer(told)) {
            var result = run(connect(id, told, server), told, told.its().input());
            assertAsTold(told, server, result);
        }
    }

    static void assertAsTold(Contract.Told told, ToldServer server, Result result) {
        assertThat(server.problemsAtTheEnd()).as("what the target got").isEmpty();
        told.its().output().ifPresent(wanted -> {
            if (result.fault().isPresent()) {
                throw new AssertionError(
                        "An output was told, but there came " + result,
                        result.fault().get());
            }
            assertThat(Contract.differences(wanted, result.output().orElseThrow()))
                    .as("the output " + result.output().get())
                    .isEmpty();
        });
        told.its().fault().ifPresent(wanted -> {
            var fault =
                    result.fault().orElseThrow(() -> new AssertionError("A fault was told, but there came " + result));
            assertThat(fault.fault().name()).as(result.toString()).isEqualTo(wanted.is());
            if (!wanted.code().isEmpty()) {
                assertThat(fault.code()).isEqualTo(wanted.code());
            }
            assertThat(fault).hasMessageContaining(wanted.text());
            Optional.ofNullable(wanted.seconds())
                    .ifPresent(seconds -> assertThat(fault.retryAfter()).hasSeconds(seconds));
        });
    }

    void assertNotSupported(String id, Operation operation) {
        var connections = patient.bean(Connections.class);
        var connection = connections.add(new CompanyId(1), id, "Suite", new LinkedHashMap<>());
        var fault = Assertions.catchThrowableOfType(
                ConnectorException.class,
                () -> patient.bean(Operations.class)
                        .run(connection.id(), operation, JsonNodeFactory.instance.objectNode()));
        assertThat(fault.fault()).isEqualTo(Fault.NOT_SUPPORTED);
    }

    /** A connection with the settings, secrets and tokens of the case, to the told target. */
    Connected connect(String id, Contract.Told told, ToldServer server) {
        return connect(patient, id, told, server);
    }

    /** The same, but it waits for an answer only a moment. */
    Connected connectInHaste(String id, Contract.Told told, ToldServer server) {
        return connect(hasty, id, told, server);
    }

    record Connected(ConnectorBench bench, ConnectionId id) {}

    private static Connected connect(ConnectorBench bench, String id, Contract.Told told, ToldServer server) {
        var connector = bench.connectors().get(id);
        var open = new LinkedHashMap<String, JsonNode>();
        var secret = new LinkedHashMap<String, String>();
        open.put(
                Connector.BASE_URL,
                JsonNodeFactory.instance.stringNode(server.address().toString()));
        told.its().settings().forEach((name, value) -> {
            var setting = connector.settings().get(name);
            var filled = value.isString()
                    ? JsonNodeFactory.instance.stringNode(value.asString()
                            .replace("{target}", server.address().toString()))
                    : value;
            if (setting != null && setting.isSecret()) {
                secret.put(name, filled.asString());
            } else {
                open.put(name, filled);
            }
        });
        var spent = told.tokens().isPresent() && connector.auth(open).orElse(null) instanceof Auth.OAuth2 oauth
                ? oauth.code()
                : "";
        assertThat(connector.problems(open, secret.keySet()))
                .as("settings of the case")
                .filteredOn(problem -> !problem.setting().equals(spent)) // whoever has tokens needs no code for them
                .isEmpty();
        var connection = bench.bean(Connections.class).add(new CompanyId(1), id, "Told", open);
        secret.forEach((name, value) -> bench.bean(Secrets.class).keep(connection.id(), name, new Secret(value)));
        told.tokens()
                .ifPresent(tokens -> bench.bean(TokenStore.class)
                        .replace(
                                connection.id(),
                                new Secret(tokens.access()),
                                Optional.of(new Secret(tokens.refresh())),
                                bench.clock().instant().plusSeconds(tokens.seconds())));
        return new Connected(bench, connection.id());
    }

    /** What came of an operation: one of the two. */
    record Result(Optional<JsonNode> output, Optional<ConnectorException> fault) {
        @Override
        public String toString() {
            return output.map(node -> "the output " + node)
                    .orElseGet(() -> fault.map(e -> "the fault " + e.fault() + " " + e.code() + " '" + e.getMessage()
                                    + "' " + e.retryAfter())
                            .orElse("nothing"));
        }
    }

    static Result run(Connected connected, Contract.Told told, JsonNode input) {
        var operations = connected.bench().bean(Operations.class);
        try {
            return new Result(
                    Optional.of(
                            told.operation() == Operation.FETCH_RECORDING
                                    ? operations.read(
                                            connected.id(), told.operation(), input, content -> content(content))
                                    : operations.run(connected.id(), told.operation(), input)),
                    Optional.empty());
        } catch (ConnectorException e) {
            return new Result(Optional.empty(), Optional.of(e));
        }
    }

    private static JsonNode content(io.patchbay.connection.Content content) throws IOException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("contentType", content.contentType().toLowerCase(Locale.ROOT))
                .put(
                        "base64",
                        Base64.getEncoder().encodeToString(content.stream().readAllBytes()));
    }

    @Override
    public void close() {
        hasty.close();
        patient.close();
        try {
            FileSystemUtils.deleteRecursively(copies);
            FileSystemUtils.deleteRecursively(hastyCopies);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
