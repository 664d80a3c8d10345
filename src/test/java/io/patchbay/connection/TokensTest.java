package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** OAuth 2 with refresh tokens that work once, against a server that ends the login on the second use. */
class TokensTest {

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final Keyring keyring = new Keyring(clock);
    private final List<ConnectorBench> benches = new ArrayList<>();

    @AfterEach
    void close() {
        benches.forEach(ConnectorBench::close);
        keyring.close();
    }

    private ConnectorBench bench(String login, TestDatabase.Kind database) {
        var bench = ConnectorBench.of("keyring")
                .in(Path.of("src/test/resources/kit-connectors"))
                .at(keyring.address())
                .setting("login", login)
                .secret("clientSecret", Keyring.CLIENT_SECRET)
                .clock(clock)
                .on(database)
                .start();
        benches.add(bench);
        return bench;
    }

    private ConnectorBench connected(String login) {
        var bench = bench(login, TestDatabase.Kind.SQLITE);
        handOver(bench);
        return bench;
    }

    private void handOver(ConnectorBench bench) {
        var pair = keyring.install();
        bench.bean(Handover.class)
                .accept(bench.connection().id(), JsonMapper.shared().readTree("""
                    {"event": "connected", "tokens": {"access": "%s", "refresh": "%s", "expiresInSeconds": %d}}\
                    """.formatted(
                                pair[0], pair[1], Keyring.LIFE)));
    }

    private static String served(ConnectorBench bench) {
        return bench.run(Operation.FIND_CLIENT, "{}").path("served").asString();
    }

    private static ConnectorException fault(ConnectorBench bench) {
        return catchThrowableOfType(ConnectorException.class, () -> served(bench));
    }

    @Test
    void anEndlessAnswerToTheLogInIsNotReadAndTheNextOneIs() {
        var bench = connected("bearer");
        clock.advance(Duration.ofSeconds(Keyring.LIFE));
        keyring.misbehave(
                request -> request.path().contains("token"),
                1,
                Misbehaviour.answer(Reply.json(200, "{\"access_token\": \"" + "x".repeat(300 * 1024) + "\"}")));

        assertThat(fault(bench).getMessage()).contains("longer than 262144 bytes");
        assertThat(fault(bench)).as("the next answer is").isNull();
    }

    @Test
    void saysHowToConnectWhileThereIsNoToken() {
        var fault = fault(bench("bearer", TestDatabase.Kind.SQLITE));

        assertThat(fault.fault()).isEqualTo(Fault.SETUP);
        assertThat(fault.code()).isEqualTo("not-connected");
    }

    @Test
    void spendsTheCodeOnceAndUsesTheTokensAfterwards() {
        var bench = bench("bearer", TestDatabase.Kind.SQLITE);
        keyring.code("code-1");
        bench.keepSecret("code", "code-1");

        assertThat(served(bench)).isEqualTo("access-1");
        assertThat(served(bench)).isEqualTo("access-1");
        assertThat(keyring.requests(r -> r.path().equals("/oauth/token"))).hasSize(1);

        keyring.code("code-2");
        bench.keepSecret("code", "code-2");

        assertThat(served(bench)).as("connected anew by a new code").isEqualTo("access-2");
    }

    @Test
    void doesNotAskAgainWithACodeThatWasRefused() {
        var bench = bench("bearer", TestDatabase.Kind.SQLITE);
        bench.keepSecret("code", "too-old");

        assertThat(fault(bench).getMessage())
                .isEqualTo("Test refused the login (400 invalid_grant: Authorization code has expired). Connect it"
                        + " again.");
        clock.advance(Duration.ofMinutes(2));

        assertThat(fault(bench).fault()).isEqualTo(Fault.SETUP);
        assertThat(keyring.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "query", "body"})
    void renewsEarlyAndSendsTheTokenWhereTheTargetWantsIt(String login) {
        var bench = connected(login);
        assertThat(served(bench)).isEqualTo("access-1");

        clock.advance(Duration.ofSeconds(Keyring.LIFE).minus(Duration.ofMinutes(4)));

        assertThat(served(bench)).as("four minutes before its end").isEqualTo("access-2");
        assertThat(bench.run(Operation.CREATE_CLIENT, "{}").path("served").asString())
                .as("also in a form")
                .isEqualTo("access-2");
    }

    @Test
    void keepsUsingATokenThatStillLivesWhenTheEarlyRenewalFails() {
        var bench = connected("bearer");
        clock.advance(Duration.ofSeconds(Keyring.LIFE).minus(Duration.ofMinutes(4)));
        keyring.misbehave(r -> r.path().equals("/oauth/token"), 1, Misbehaviour.answer(Reply.json(503, "{}")));

        assertThat(served(bench)).isEqualTo("access-1");
        assertThat(served(bench)).isEqualTo("access-2");
    }

    @Test
    void renewsAndRepeatsOnceWhenTheTargetNoLongerTakesTheToken() {
        var bench = connected("bearer");
        keyring.expireAll();

        assertThat(served(bench)).isEqualTo("access-2");
        assertThat(keyring.requests(r -> r.path().equals("/me"))).hasSize(2);

        keyring.misbehave(
                r -> r.path().equals("/me"), 9, Misbehaviour.answer(Reply.json(401, "{\"error\":\"expired_token\"}")));

        assertThat(fault(bench).fault()).as("not endlessly").isEqualTo(Fault.SETUP);
        assertThat(keyring.requests(r -> r.path().equals("/me"))).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void oneOfFiftyRenewsAndTheOthersUseItsTokens(TestDatabase.Kind database) throws Exception {
        var bench = bench("bearer", database);
        handOver(bench);
        keyring.expireAll();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(Collections.nCopies(50, (Callable<String>) () -> served(bench)));
            for (var one : all) {
                assertThat(one.get()).isEqualTo("access-2");
            }
        }

        assertThat(keyring.dead()).isFalse();
        assertThat(keyring.issued()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void twoNodesRenewOneAtATime(TestDatabase.Kind database) throws Exception {
        var one = bench("bearer", database);
        handOver(one);
        var other = one.secondNode();
        benches.addFirst(other);
        for (var round = 1; round <= 5; round++) {
            keyring.expireAll();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var tasks = new ArrayList<Callable<String>>();
                for (var i = 0; i < 10; i++) {
                    tasks.add(() -> served(one));
                    tasks.add(() -> served(other));
                }
                for (var done : threads.invokeAll(tasks)) {
                    assertThat(done.get()).isEqualTo("access-" + (round + 1));
                }
            }
        }

        assertThat(keyring.dead()).isFalse();
        assertThat(keyring.issued()).isEqualTo(6);
    }

    @Test
    void aNodeThatDiedWhileRenewingDoesNotHoldTheLoginForEver() {
        var bench = connected("bearer");
        var store = bench.bean(TokenStore.class);
        store.hold(
                bench.connection().id(),
                "dead node",
                clock.instant(),
                clock.instant().plusSeconds(120));
        keyring.expireAll();
        clock.advance(Duration.ofSeconds(121));

        assertThat(served(bench)).isEqualTo("access-2");
    }

    @Test
    void storesANewPairBeforeItIsUsed() {
        var bench = connected("bearer");
        var storedAtUse = new ArrayList<String>();
        keyring.onUse(used -> storedAtUse.add(used + " "
                + bench.bean(TokenStore.class)
                        .find(bench.connection().id())
                        .access()
                        .orElseThrow()
                        .reveal()));
        keyring.expireAll();

        served(bench);

        assertThat(storedAtUse)
                .as("read by another database connection while the request is served")
                .containsExactly("access-2 access-2");
    }

    @Test
    void goesOnWhenTheAnswerToARenewalIsCutAndTheTargetTakesTheOldTokenStill() {
        var bench = connected("bearer");
        keyring.expireAll();
        keyring.misbehave(r -> r.path().equals("/oauth/token"), 1, Misbehaviour.cut());

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(served(bench)).isEqualTo("access-2");
    }

    @Test
    void tellsThatTheAnswerWasLostWhenTheTargetHadAlreadySpentTheToken() {
        var bench = connected("bearer");
        keyring.expireAll();
        keyring.misbehave(
                r -> r.path().equals("/oauth/token"), 1, Misbehaviour.cut().afterwards());

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        var fault = fault(bench);

        assertThat(fault.fault()).isEqualTo(Fault.SETUP);
        assertThat(fault.getMessage())
                .contains("Token has been revoked")
                .endsWith("The answer to an earlier renewal of the login got lost on its way. Connect Test again.");
        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.RED);
        assertThat(keyring.requests(r -> r.path().equals("/oauth/token"))).hasSize(2);

        fault(bench);
        assertThat(keyring.requests(r -> r.path().equals("/oauth/token")))
                .as("not asked again and again")
                .hasSize(2);

        var fresh = new Keyring(clock);
        try (fresh) {
            bench.set("baseUrl", fresh.address().toString());
            var pair = fresh.install();
            bench.bean(TokenStore.class)
                    .replace(
                            bench.connection().id(),
                            new Secret(pair[0]),
                            Optional.of(new Secret(pair[1])),
                            clock.instant().plusSeconds(Keyring.LIFE));
            assertThat(served(bench)).as("connected again").isEqualTo("access-1");
        }
    }

    @Test
    void takesAPageInsteadOfTokensForNoAnswer() {
        var bench = connected("bearer");
        keyring.expireAll();
        keyring.misbehave(
                r -> r.path().equals("/oauth/token"),
                1,
                Misbehaviour.answer(Reply.of(200, "text/html", "<html>proxy</html>")));

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(served(bench)).isEqualTo("access-2");
    }

    @Test
    void refusesAHandOverOfSettingsThatAreNotTheConnectors() {
        var bench = connected("bearer");
        var event = JsonMapper.shared().readTree("""
            {"tokens": {"access": "a", "refresh": "b"}, "settings": {"baseUrl": "https://evil.test"}}\
            """);

        assertThat(catchThrowableOfType(
                                ConnectorException.class,
                                () -> bench.bean(Handover.class)
                                        .accept(bench.connection().id(), event))
                        .fault())
                .isEqualTo(Fault.REFUSED);
        assertThat(served(bench)).isEqualTo("access-1");
    }
}
