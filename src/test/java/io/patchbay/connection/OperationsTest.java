package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole rim with a connector of a test: manifest, routes, mappings, api:, a real server. */
class OperationsTest {

    private final Parrot parrot = new Parrot();
    private final ConnectorBench bench = ConnectorBench.of("parrot")
            .in(Path.of("src/test/resources/kit-connectors"))
            .at(parrot.address())
            .secret("token", Parrot.TOKEN)
            .start();

    @AfterEach
    void close() {
        bench.close();
        parrot.close();
    }

    @Test
    void asksTheTargetAndGivesWhatTheMappingMakesOfTheAnswer() {
        parrot.client("79000001234", "Anna");

        var found = bench.run(Operation.FIND_CLIENT, """
            {"number": "+7 900 000-12-34"}\
            """);

        assertThat(found.at("/clients/0/name").asString()).isEqualTo("Anna");
        assertThat(parrot.requests().getFirst().query().get("with")).containsExactly("leads", "tasks");
    }

    @Test
    void asksNothingWhenTheRequestMappingGivesNull() {
        var found = bench.run(Operation.FIND_CLIENT, "{}");

        assertThat(found.at("/clients").isEmpty()).isTrue();
        assertThat(parrot.requests()).isEmpty();
    }

    @Test
    void raisesTheFaultThatAMappingFinds() {
        var fault = fault(Operation.CREATE_CLIENT, """
            {"number": "+79000001234", "name": "refuse me"}\
            """);

        assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
        assertThat(fault.code()).isEqualTo("BAD");
    }

    @Test
    void runsAFlowOfSeveralRequests() {
        var logged = bench.run(Operation.LOG_CALL, """
            {"number": "+79000001234", "name": "New", "call": {"key": "c-1"}}\
            """);

        assertThat(logged.at("/client/id").asString()).isEqualTo("1");
        assertThat(parrot.requests()).hasSize(3);

        bench.run(Operation.LOG_CALL, """
            {"number": "+79000001234", "name": "New", "call": {"key": "c-2"}}\
            """);

        assertThat(parrot.requests()).as("the client is there now").hasSize(5);
    }

    @Test
    void handsAllowedStatusesToTheMapping() {
        parrot.misbehave(
                r -> r.path().equals("/account"), 1, Misbehaviour.answer(Reply.json(404, "{\"name\":\"none\"}")));

        var checked = bench.run(Operation.CHECK, "{}");

        assertThat(checked.at("/status").asInt()).isEqualTo(404);
        assertThat(checked.at("/account").asString()).isEqualTo("none");
    }

    @Test
    void showsHookSecretsToDecodeHookAlone() {
        assertThat(bench.run(Operation.DECODE_HOOK, "{\"query\": {\"token\": \"" + Parrot.TOKEN + "\"}}")
                        .at("/ignored")
                        .asString())
                .isEqualTo("nothing new");
        assertThat(bench.run(Operation.DECODE_HOOK, "{\"query\": {\"token\": \"guess\"}}")
                        .at("/ignored")
                        .asString())
                .isEqualTo("forged");
    }

    @Test
    void refusesWhatTheManifestDoesNotPromise() {
        assertThat(fault(Operation.ORIGINATE, "{}").fault()).isEqualTo(Fault.NOT_SUPPORTED);
    }

    @Test
    void streamsAFile() {
        var bytes = bench.bytes(Operation.FETCH_RECORDING, "{\"recording\": \"r-1\"}");

        assertThat(bytes).hasSize(300_000);
        assertThat(fault(Operation.FETCH_RECORDING, "{\"recording\": \"r-1\"}").fault())
                .as("bytes must be read, not run")
                .isEqualTo(Fault.OURS);
    }

    @Test
    void turnsRedOnAWrongLoginAndGreenAgainAfterTheCorrection() {
        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.AMBER);
        bench.keepSecret("token", "wrong");

        var fault = fault(Operation.FIND_CLIENT, "{\"number\": \"+79000001234\"}");

        assertThat(fault.fault()).isEqualTo(Fault.SETUP);
        assertThat(fault.getMessage()).isEqualTo("Test answered 401 NO_AUTH: token *** is not known");
        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.RED);

        bench.keepSecret("token", Parrot.TOKEN);
        bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79000001234\"}");

        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.GREEN);
    }

    private ConnectorException fault(Operation operation, String input) {
        return Assertions.catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }
}
