package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.effect.Attempt;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectGauges;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.Ledger;
import io.patchbay.effect.Wakes;
import io.patchbay.testing.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a Prometheus reads at /observe/metrics. */
@RunningHub
class MetricsTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final AtomicLong CALLS = new AtomicLong(81_000_000);

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Autowired
    Connections connections;

    @Autowired
    Secrets secrets;

    @Autowired
    Operations operations;

    @Autowired
    Ledger ledger;

    @Autowired
    Wakes wakes;

    @Autowired
    EffectGauges gauges;

    private final HttpClient http = HttpClient.newHttpClient();
    private ConnectionId connection;

    @BeforeEach
    void connect() {
        connection = connections
                .add(
                        COMPANY,
                        "parrot",
                        "Measured",
                        Map.of("baseUrl", JsonNodeFactory.instance.stringNode("https://127.0.0.1:1")))
                .id();
        secrets.keep(connection, "token", new Secret("token-of-the-metrics"));
    }

    private List<String> read() throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/metrics"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    private List<String> mine(String name) throws IOException, InterruptedException {
        return read().stream()
                .filter(line -> line.startsWith(name + "{") && line.contains("connection=\"" + connection + "\""))
                .toList();
    }

    private Effect started() {
        var effect = Effect.due(
                COMPANY,
                new CallId(CALLS.incrementAndGet()),
                connection.value(),
                EffectKind.LOG_CALL,
                "",
                Optional.empty(),
                Instant.now());
        return ledger.put(effect.started(Instant.now())).orElseThrow();
    }

    private static Attempt attempt() {
        return new Attempt(1, Instant.now(), Duration.ofMillis(250), Optional.empty(), "", "");
    }

    @Test
    void tellsHowRequestsWentAtEachConnection() throws Exception {
        var input = JsonNodeFactory.instance.objectNode().put("number", "+79001234567");
        for (var i = 0; i < 3; i++) {
            Assertions.catchThrowableOfType(
                    ConnectorException.class, () -> operations.run(connection, Operation.FIND_CLIENT, input));
        }

        assertThat(mine("patchbay_api_requests_seconds_count"))
                .containsExactly("patchbay_api_requests_seconds_count{connection=\"" + connection
                        + "\",connector=\"parrot\",operation=\"find-client\",verdict=\"setup\"} 1");
        assertThat(mine("patchbay_api_held_total"))
                .as("the breaker keeps a connection whose address is wrong from being asked again at once")
                .containsExactly("patchbay_api_held_total{connection=\"" + connection
                        + "\",connector=\"parrot\",urgency=\"live\",verdict=\"setup\"} 2.0");
    }

    @Test
    void tellsWhatBecameOfEffects() throws Exception {
        var done = started();
        ledger.attempted(done.done(Optional.of("1"), Optional.empty(), Instant.now()), attempt());
        var refused = started();
        ledger.attempted(refused.failed(Fault.REFUSED, "no", Optional.empty(), Instant.now()), attempt());

        assertThat(mine("patchbay_effect_attempts_seconds_count"))
                .containsExactlyInAnyOrder(
                        "patchbay_effect_attempts_seconds_count{connection=\"" + connection
                                + "\",kind=\"log-call\",state=\"done\"} 1",
                        "patchbay_effect_attempts_seconds_count{connection=\"" + connection
                                + "\",kind=\"log-call\",state=\"parked\"} 1");
        assertThat(mine("patchbay_effect_attempts_seconds_sum")).allMatch(line -> line.endsWith(" 0.25"));
    }

    @Test
    void tellsWhatWaitsAndWhatWasGivenUp() throws Exception {
        gauges.measure();
        assertThat(mine("patchbay_effect_parked")).allMatch(line -> line.endsWith(" 0.0"));

        var never = Instant.now().plus(Duration.ofDays(1));
        wakes.wake(new CallId(CALLS.incrementAndGet()), connection.value(), "g", true, Instant.now(), never);
        wakes.wake(new CallId(CALLS.incrementAndGet()), connection.value(), "g", true, never, never);
        for (var i = 0; i < 2; i++) {
            ledger.put(started().failed(Fault.REFUSED, "no", Optional.empty(), Instant.now()));
        }
        gauges.measure();

        assertThat(mine("patchbay_effect_backlog"))
                .as("one is due, the other not yet")
                .containsExactly("patchbay_effect_backlog{connection=\"" + connection + "\"} 1.0");
        assertThat(mine("patchbay_effect_parked"))
                .containsExactly("patchbay_effect_parked{connection=\"" + connection + "\"} 2.0");

        connections.remove(connection);
        gauges.measure();
        assertThat(mine("patchbay_effect_parked"))
                .as("a removed connection is counted no more")
                .isEmpty();
    }

    @Test
    void hasNoLabelThatGrowsWithTheCallsOrTellsASecret() throws Exception {
        var api = new Api(port);
        for (var id = 81_234_567; id < 81_234_570; id++) {
            api.get("/api/v1/calls/" + id);
        }
        api.get("/api/v1/calls?number=%2B79001234567");
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/secret-of-a-hook-1234567"))
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.discarding());
        operationsOf(connection, "+79001234567");

        assertThat(read())
                .noneMatch(line -> line.contains("secret-of-a-hook") || line.contains("token-of-the-metrics"))
                .noneMatch(line -> line.contains("8123456") || line.contains("9001234567"))
                .filteredOn(line -> line.startsWith("patchbay_"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(
                                line.contains("{") ? line.substring(line.indexOf('{'), line.indexOf('}')) : "")
                        .doesNotContainPattern("\\d{7}|/"));
    }

    private void operationsOf(ConnectionId id, String number) {
        Assertions.catchThrowableOfType(
                ConnectorException.class,
                () -> operations.run(
                        id,
                        Operation.FIND_CLIENT,
                        JsonNodeFactory.instance.objectNode().put("number", number)));
    }
}
