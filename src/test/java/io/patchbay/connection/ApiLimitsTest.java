package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** How api: logs in, and how it keeps the limits of one method, of a connection and of what is live. */
class ApiLimitsTest {

    private static final String PASSWORD = "s3cret/&+%\"-of-79001234567";
    private static final String FIND = "{\"number\": \"+79000001234\"}";
    private static final String CARDS = "{\"employees\": [{\"id\": \"101\"}, {\"id\": \"102\"}]}";

    private static ConnectorBench hub;

    private final Gatekeeper gatekeeper = new Gatekeeper();

    @BeforeAll
    static void start() {
        hub = ConnectorBench.of("gatekeeper")
                .in(Path.of("src/test/resources/kit-connectors"))
                .at(URI.create("http://127.0.0.1:1"))
                .property("patchbay.api.longest-wait", "0s")
                .property("patchbay.api.background-wait", "0s")
                .start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void close() {
        gatekeeper.close();
    }

    private ConnectorBench connected(String login) {
        return connected(login, gatekeeper.address());
    }

    private ConnectorBench connected(String login, URI address) {
        var text = JsonNodeFactory.instance;
        var bench =
                hub.connect(Map.of("login", text.stringNode(login), "baseUrl", text.stringNode(address.toString())));
        bench.keepSecret("password", PASSWORD);
        return bench;
    }

    private static ConnectorException fault(ConnectorBench bench, Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }

    private void once(Reply reply) {
        gatekeeper.misbehave(r -> true, 1, Misbehaviour.answer(reply));
    }

    @Test
    void logsInByAHeader() {
        connected("header").run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().header("X-Key")).contains("key=" + PASSWORD);
    }

    @Test
    void logsInByUserAndPassword() {
        connected("basic").run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().header("Authorization"))
                .contains("Basic "
                        + Base64.getEncoder().encodeToString(("user:7:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void logsInByABearerToken() {
        connected("bearer").run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().header("Authorization")).contains("Bearer " + PASSWORD);
    }

    @Test
    void logsInByAQueryParameterBesideTheOthers() {
        connected("query").run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().queryValue("key")).contains(PASSWORD);
        assertThat(gatekeeper.last().queryValue("number")).contains("+79000001234");
    }

    @Test
    void asksForEachRequestOfAListInItsOrder() {
        connected("none").run(Operation.SHOW_CARD, CARDS);

        assertThat(gatekeeper.requests())
                .extracting(request -> request.form().get("of"))
                .containsExactly(List.of("101"), List.of("102"));
    }

    @Test
    void asksNothingMoreOnceOneOfAListIsRefused() {
        once(Reply.json(422, "{}"));

        assertThat(fault(connected("none"), Operation.SHOW_CARD, CARDS).fault()).isEqualTo(Fault.REFUSED);
        assertThat(gatekeeper.requests()).hasSize(1);
    }

    @Test
    void logsInByAPartOfThePath() {
        var bench = connected("path");
        bench.keepSecret("password", "abc123xyz");
        bench.run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().path()).isEqualTo("/rest/user:7/abc123xyz/find");
    }

    @Test
    void logsInNoWayWhereNoneIsAskedFor() {
        connected("none").run(Operation.FIND_CLIENT, FIND);

        assertThat(gatekeeper.last().header("Authorization")).isEmpty();
        assertThat(gatekeeper.last().header("X-Key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "basic", "bearer", "query"})
    void keepsItsCredentialsToTheTargetItBelongsTo(String login) {
        var bench = connected(login);

        bench.run(Operation.LIST_EMPLOYEES, "{\"url\": \"" + gatekeeper.elsewhere() + "/lists\"}");
        assertThat(gatekeeper.last().header("Authorization")).isEmpty();
        assertThat(gatekeeper.last().header("X-Key")).isEmpty();
        assertThat(gatekeeper.last().queryValue("key")).isEmpty();

        bench.run(Operation.LIST_EMPLOYEES, "{\"url\": \"" + gatekeeper.address() + "/lists\"}");
        assertThat(gatekeeper.last().header("Authorization").isPresent()
                        || gatekeeper.last().header("X-Key").isPresent()
                        || gatekeeper.last().queryValue("key").isPresent())
                .as("its own, though by a whole address")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "basic", "bearer", "query"})
    void tellsNoSecretThatATargetRepeats(String login) {
        var bench = connected(login);
        var basic = Base64.getEncoder().encodeToString(("user:7:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        once(Reply.json(
                400,
                "{\"error\":\"%1$s\",\"text\":\"key %1$s and %2$s and Basic %3$s are bad\"}"
                        .formatted(
                                PASSWORD.replace("\"", "\\\""),
                                java.net.URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                                login.equals("basic") ? basic : "x")));

        try (var log = new Log()) {
            var fault = fault(bench, Operation.FIND_CLIENT, FIND);

            assertThat(fault.getMessage()).contains("key *** and *** and Basic").doesNotContain("s3cret", basic);
            assertThat(fault.code()).isEqualTo("***");
            assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains("s3cret") || line.contains(basic));
            assertThat(bench.health().sentence()).doesNotContain("s3cret");
        }
    }

    @Test
    void tellsNoSecretWhenItMakesTheAddressWrong() {
        var bench = connected("path");
        bench.keepSecret("password", "has blanks in it");

        try (var log = new Log()) {
            var fault = fault(bench, Operation.FIND_CLIENT, FIND);

            assertThat(fault.fault()).isEqualTo(Fault.SETUP);
            assertThat(fault).hasMessageContaining("is no web address").hasNoCause();
            assertThat(fault.getMessage()).doesNotContain("blanks", "9000001234");
            assertThat(log.lines()).noneMatch(line -> line.contains("blanks"));
        }
    }

    @Test
    void aTokenThatCannotBeRenewedIsAMatterOfSetUp() {
        var bench = connected("bearer");
        once(Reply.json(401, "{\"error\":\"EXPIRED\"}"));

        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).fault()).isEqualTo(Fault.SETUP);
        assertThat(gatekeeper.requests()).hasSize(1);
    }

    @Test
    void readsTheTimeToWaitFromTheHeaderTheManifestNames() {
        var bench = connected("none");
        once(new Reply(429, Map.of("X-Rate-Reset-In", "17", "Retry-After", "3000"), new byte[0]));

        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @CsvSource({"479.9, false", "480, true", "480.5, true", "\"481\", false", "null, false"})
    void aMethodWhoseWorkingTimeIsUsedUpRestsAndOthersGoOn(String used, boolean rests) {
        var bench = connected("none");
        var resetAt = bench.clock().instant().plusSeconds(120).getEpochSecond();
        once(Reply.json(200, "{\"time\":{\"operating\":" + used + ",\"operating_reset_at\":" + resetAt + "}}"));

        bench.run(Operation.FIND_CLIENT, FIND); // this one was done
        var next = fault(bench, Operation.FIND_CLIENT, FIND);

        assertThat(next != null).isEqualTo(rests);
        if (rests) {
            assertThat(next.fault()).isEqualTo(Fault.BUSY);
            assertThat(next.retryAfter()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(120));
            bench.run(Operation.CREATE_CLIENT, FIND);
            assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.GREEN);
            bench.clock().advance(Duration.ofSeconds(120));
            bench.run(Operation.FIND_CLIENT, FIND);
        }
    }

    @ParameterizedTest
    @CsvSource({"null, PT10M", "9223372036854775807, PT24H"})
    void aMethodRestsAsLongAsTheWindowWhenTheTargetDoesNotSayWhen(String resetAt, Duration rest) {
        var bench = connected("none");
        once(Reply.json(200, "{\"time\":{\"operating\":500,\"operating_reset_at\":" + resetAt + "}}"));
        bench.run(Operation.FIND_CLIENT, FIND);

        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).retryAfter())
                .isBetween(rest.minusSeconds(1), rest.plusSeconds(1));
        bench.clock().advance(rest);
        bench.run(Operation.FIND_CLIENT, FIND);
    }

    @Test
    void aRowMayLetOneMethodRest() {
        var bench = connected("none");
        once(Reply.json(503, "{\"error\":\"METHOD_LIMIT\"}"));

        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).fault()).isEqualTo(Fault.BUSY);
        assertThat(gatekeeper.requests()).hasSize(1);
        bench.run(Operation.CREATE_CLIENT, FIND);
    }

    @Test
    void aRestOfAnAddressOfItsOwnIsNoRestOfTheWholeTarget() {
        var bench = connected("none");
        var list = "{\"url\": \"" + gatekeeper.address() + "/lists\"}";
        once(Reply.json(503, "{\"error\":\"METHOD_LIMIT\"}"));

        fault(bench, Operation.LIST_EMPLOYEES, list);

        assertThat(fault(bench, Operation.LIST_EMPLOYEES, list).fault()).isEqualTo(Fault.BUSY);
        bench.run(Operation.FIND_CLIENT, FIND);
        assertThat(gatekeeper.requests()).hasSize(2);
    }

    @Test
    void aRowMayCallAnAnswerNoAnswer() {
        var bench = connected("none");
        once(Reply.empty(509));

        assertThat(fault(bench, Operation.FIND_CLIENT, FIND).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    /** What is written about requests while it is open. */
    private static final class Log implements AutoCloseable {
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger("io.patchbay.api");

        Log() {
            appender.start();
            logger.addAppender(appender);
        }

        List<String> lines() {
            return appender.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
        }
    }
}
