package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An amoCRM account connected by an integration: the code is spent once and each refresh token too. */
class AmocrmOAuthContractTest {

    private final MovableClock time = new MovableClock(ConnectorBench.START);
    private final AtomicLong nanos = new AtomicLong();
    // five requests a second: the bench's pace stands still with its clock and cannot be compared with real time here
    private final AmoAccount account = new AmoAccount(time, () -> nanos.addAndGet(200_000_000), 0);
    private final ConnectorBench bench = withKeys();

    @AfterEach
    void close() {
        bench.close();
        account.close();
    }

    @Test
    void spendsTheCodeOnceAndRenewsAnEndedToken() {
        bench.run(Operation.CHECK, "{}");
        assertThat(account.renewals()).isZero();

        passes(Duration.ofHours(25));

        assertThat(find()).isEmpty();
        assertThat(account.renewals()).isEqualTo(1);
        passes(Duration.ofMinutes(1));
        find();
        assertThat(account.renewals()).isEqualTo(1);
    }

    @Test
    void renewsInTheMiddleOfAnOperation() {
        find();
        passes(Duration.ofMinutes(1));
        account.misbehave(
                request -> request.path().endsWith("/companies"),
                1,
                Misbehaviour.answer(
                        Reply.json(401, "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Unauthorized\"}")));

        assertThat(find()).isEmpty();
        assertThat(account.renewals()).isEqualTo(1);
    }

    @Test
    void renewsOnceWhenManyOperationsFindTheTokenDead() throws Exception {
        var contact = account.addContact("Иван", "+79123123210");
        find();
        passes(Duration.ofMinutes(1));
        account.forgetAccessTokens();

        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 4)
                    .<Callable<JsonNode>>mapToObj(i -> () -> log("r-" + i, contact))
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                done.get();
            }
        }

        assertThat(account.renewals()).isEqualTo(1);
        assertThat(account.calls()).hasSize(4);
    }

    @Test
    void asksThePersonWhenTheRefreshTokenIsDead() {
        find();
        passes(Duration.ofMinutes(1));
        account.revokeAll();

        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.SETUP));
    }

    private ConnectorBench withKeys() {
        var keys = account.integration();
        return ConnectorBench.of("amocrm")
                .at(account.address())
                .setting("subdomain", keys.subdomain())
                .setting("login", "oauth")
                .setting("clientId", keys.clientId())
                .setting("redirectUri", keys.redirectUri())
                .secret("clientSecret", keys.clientSecret())
                .secret("authorizationCode", account.authorizationCode())
                .start();
    }

    /** On both sides. */
    private void passes(Duration span) {
        time.advance(span);
        bench.clock().advance(span);
    }

    private JsonNode find() {
        return bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79000000000\", \"national\": \"9000000000\"}")
                .path("clients");
    }

    private JsonNode log(String call, long contact) {
        return bench.run(Operation.LOG_CALL, """
            {"call": {"id": "%s", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79123123210",
             "clientNumberKind": "PHONE", "startedAtEpoch": 1773041400, "talkSeconds": 1},
             "client": {"kind": "contact", "id": "%d"}}\
            """.formatted(call, contact));
    }
}
