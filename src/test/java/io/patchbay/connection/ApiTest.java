package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.connection.api.Buckets;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** What api: makes of a target that is slow, wrong, busy or hostile. */
class ApiTest {

    private static final Path CONNECTORS = Path.of("src/test/resources/kit-connectors");

    // one hub for all: each test has a connection of its own, and the clock only goes on
    private static ConnectorBench hub;
    private static ConnectorBench strictHub;

    private final Parrot parrot = new Parrot();
    private ConnectorBench bench;

    @BeforeAll
    static void start() {
        var nowhere = URI.create("http://127.0.0.1:1");
        hub = ConnectorBench.of("parrot")
                .in(CONNECTORS)
                .at(nowhere)
                .secret("token", Parrot.TOKEN)
                .property("patchbay.api.longest-wait", "0s")
                .property("patchbay.api.background-wait", "0s")
                .start();
        strictHub = ConnectorBench.of("parrot")
                .in(CONNECTORS)
                .at(nowhere)
                .secret("token", Parrot.TOKEN)
                .property("patchbay.api.allowed-networks", "")
                .start();
    }

    @AfterAll
    static void stop() {
        strictHub.close();
        hub.close();
    }

    @BeforeEach
    void connect() {
        bench = hub.connect(parrot.address());
    }

    @AfterEach
    void close() {
        parrot.close();
    }

    private static ConnectorException fault(ConnectorBench bench) {
        return fault(bench, Operation.FIND_CLIENT, "{\"number\": \"+79000001234\"}");
    }

    private static ConnectorException fault(ConnectorBench bench, Operation operation, String input) {
        return catchThrowableOfType(ConnectorException.class, () -> bench.run(operation, input));
    }

    private static void works(ConnectorBench bench) {
        assertThat(bench.run(Operation.FIND_CLIENT, "{\"number\": \"+79000001234\"}")
                        .has("clients"))
                .isTrue();
    }

    private void once(Reply reply) {
        parrot.misbehave(r -> true, 1, Misbehaviour.answer(reply));
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, SETUP",
        "402, REFUSED",
        "403, SETUP",
        "404, REFUSED",
        "408, BUSY",
        "409, REFUSED",
        "422, REFUSED",
        "425, BUSY",
        "429, BUSY",
        "500, BUSY",
        "502, BUSY",
        "503, BUSY",
        "504, BUSY",
        "301, SETUP"
    })
    void readsAStatusTheManifestIsSilentAboutAsIsUsual(int status, Fault expected) {
        once(Reply.json(status, "{\"error\":\"X\",\"message\":\"no\"}"));

        assertThat(fault(bench).fault()).isEqualTo(expected);
    }

    @Test
    void followsTheRowsOfTheManifest() {
        once(Reply.json(400, "{\"error\":\"no_such_feature\"}"));
        assertThat(fault(bench).fault()).isEqualTo(Fault.NOT_SUPPORTED);

        once(Reply.json(400, "{\"message\":\"It is ALREADY THERE since 1999\"}"));
        works(bench);

        once(Reply.json(200, "{\"error\":\"TIRED\"}"));
        var tired = fault(bench);
        assertThat(tired.fault()).isEqualTo(Fault.BUSY);
        assertThat(tired.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        works(bench);
    }

    @Test
    void waitsAsLongAsTheTargetAsksAndDoesNotAskMeanwhile() {
        once(new Reply(429, Map.of("Retry-After", "30"), new byte[0]));

        assertThat(fault(bench).retryAfter()).isEqualTo(Duration.ofSeconds(30));
        bench.clock().advance(Duration.ofSeconds(10));
        var early = fault(bench);

        assertThat(early.fault()).isEqualTo(Fault.BUSY);
        assertThat(early.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(parrot.requests()).hasSize(1);

        bench.clock().advance(Duration.ofSeconds(20));
        works(bench);
    }

    @Test
    void readsTheTimeToWaitFromTheBodyToo() {
        once(Reply.json(429, "{\"retry_after\": 300}"));

        assertThat(fault(bench).retryAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void takesAWebPageWhereJsonIsExpectedForNoAnswer() {
        once(Reply.of(200, "text/html", "<html><body>Log in to the hotel's network</body></html>"));

        var fault = fault(bench);

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault.getMessage()).contains("a web page").doesNotContain("hotel");
        works(bench);
    }

    @Test
    void takesHalfAnAnswerForNoAnswer() {
        once(Reply.json(200, "{\"rows\":[{\"id\":1,"));

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        works(bench);
    }

    @Test
    void readsAnEmptyAnswerAsNothing() {
        once(Reply.empty(204));

        works(bench);
    }

    @Test
    void readsACompressedAnswer() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"rows\":[{\"id\":5,\"name\":\"Zip\"}]}".getBytes(StandardCharsets.UTF_8));
        }
        once(new Reply(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), out.toByteArray()));

        assertThat(bench.run(Operation.FIND_CLIENT, "{\"number\": \"1\"}")
                        .at("/clients/0/name")
                        .asString())
                .isEqualTo("Zip");
    }

    @Test
    void doesNotReadAnAnswerThatIsTooLong() {
        once(Reply.json(200, "{\"rows\":[\"" + "x".repeat(1 << 20) + "\"]}"));

        assertThat(fault(bench).getMessage()).contains("longer than 1048576 bytes");
        works(bench);
    }

    @Test
    void givesUpOnATargetThatIsSilent() {
        parrot.misbehave(r -> true, 1, Misbehaviour.hang());

        var fault = fault(bench);

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault.getMessage()).isEqualTo("127.0.0.1 did not answer in time.");
        works(bench);
    }

    @Test
    void doesNotSendARequestTwiceWhenTheConnectionBreaks() {
        parrot.misbehave(r -> true, 1, Misbehaviour.cut());

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(parrot.requests()).hasSize(1);
        works(bench);
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        bench = hub.connect(URI.create("http://127.0.0.1:" + port));

        assertThat(fault(bench).getMessage()).isEqualTo("127.0.0.1 takes no connections.");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/x",
        "https://127.0.0.1:1/x",
        "https://localhost:1/x",
        "https://[::1]:1/x",
        "https://[::ffff:127.0.0.1]:1/x",
        "https://2130706433:1/x",
        "https://0x7f.1:1/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data/"
    })
    void doesNotGoInsideThePrivateNetwork(String address) {
        bench = strictHub.connect(URI.create(address));

        var fault = fault(bench);

        assertThat(fault.fault()).isIn(Fault.SETUP, Fault.UNREACHABLE);
        assertThat(fault.getMessage())
                .containsAnyOf("private network", "Plain http", "There is no host", "is no web address");
    }

    @Test
    void speaksPlainHttpOnlyToAllowedNetworks() {
        bench = hub.connect(URI.create("http://198.41.0.4/x"));

        assertThat(fault(bench).getMessage())
                .isEqualTo("Plain http to 198.41.0.4 is not allowed."
                        + " Use https, or allow the host's network in patchbay.api.allowed-networks.");
    }

    @Test
    void doesNotFollowARedirectUnlessTheAccountMoved() {
        try (var elsewhere = new Parrot()) {
            once(new Reply(302, Map.of("Location", elsewhere.address() + "/another/page"), new byte[0]));
            assertThat(fault(bench).fault()).isEqualTo(Fault.SETUP);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void repeatsAtTheNewHostWhenTheAccountMovedAndRemembersIt() {
        try (var moved = new Parrot()) {
            parrot.misbehave(
                    r -> true,
                    1,
                    Misbehaviour.answer(new Reply(302, Map.of("Location", moved.address() + "/clients"), new byte[0])));

            bench.run(Operation.CREATE_CLIENT, "{\"number\": \"+79000001234\", \"name\": \"Anna\"}");

            assertThat(moved.requests()).hasSize(1);
            assertThat(moved.requests().getFirst().method()).as("not a GET").isEqualTo("POST");
            assertThat(moved.requests().getFirst().json().path("name").asString())
                    .isEqualTo("Anna");

            works(bench);
            assertThat(parrot.requests()).hasSize(1);
            assertThat(moved.requests()).hasSize(2);

            bench.set("baseUrl", "http://localhost:" + parrot.address().getPort());
            works(bench);
            assertThat(moved.requests()).as("new settings count").hasSize(2);
        }
    }

    @Test
    void sendsNoCredentialsToAnotherHost() {
        try (var elsewhere = new Parrot()) {
            var fault = fault(bench, Operation.LIST_CALLS, "{\"url\": \"" + elsewhere.address() + "/account\"}");

            assertThat(fault.fault()).isEqualTo(Fault.SETUP);
            assertThat(elsewhere.requests().getFirst().header("X-Parrot-Token")).isEmpty();

            bench.clock().advance(Duration.ofMinutes(2));
            var own = bench.run(Operation.LIST_CALLS, "{\"url\": \"" + parrot.address() + "/account\"}");
            assertThat(own.at("/raw/name").asString()).isEqualTo("Romashka");
        }
    }

    @Test
    void stopsAskingAfterAWrongLoginButForAProbeAMinute() {
        bench.keepSecret("token", "wrong");

        for (var i = 0; i < 5; i++) {
            assertThat(fault(bench).fault()).isEqualTo(Fault.SETUP);
        }
        assertThat(parrot.requests()).hasSize(1);
        assertThat(fault(bench).retryAfter()).isEqualTo(Duration.ofMinutes(1));

        bench.clock().advance(Duration.ofSeconds(61));
        fault(bench);
        fault(bench);
        assertThat(parrot.requests()).as("one probe").hasSize(2);

        fault(bench, Operation.CHECK, "{}");
        assertThat(parrot.requests()).as("an administrator's check always goes").hasSize(3);

        bench.keepSecret("token", Parrot.TOKEN);
        works(bench);
    }

    @Test
    void stopsAskingATargetThatKeepsFailingForAPauseThatGrows() {
        parrot.misbehave(r -> true, 7, Misbehaviour.answer(Reply.of(500, "text/plain", "oops")));
        for (var i = 0; i < 8; i++) {
            assertThat(fault(bench).fault().passes()).isTrue();
        }
        assertThat(parrot.requests()).hasSize(5);
        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.AMBER);

        bench.clock().advance(Duration.ofSeconds(6));
        fault(bench);
        assertThat(parrot.requests()).hasSize(6);
        bench.clock().advance(Duration.ofSeconds(6));
        fault(bench);
        assertThat(parrot.requests()).as("the pause has doubled").hasSize(6);
        bench.clock().advance(Duration.ofSeconds(6));
        fault(bench);
        bench.clock().advance(Duration.ofMinutes(1));
        works(bench);
        works(bench);
        assertThat(bench.health().colour()).isEqualTo(ConnectionHealth.Colour.GREEN);
    }

    @Test
    void keepsThePaceOfTheManifest() {
        for (var i = 0; i < 50; i++) {
            works(bench);
        }

        var fault = fault(bench);

        assertThat(fault.fault()).isEqualTo(Fault.BUSY);
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofMillis(20));
        assertThat(parrot.requests()).hasSize(50);
        assertThat(bench.health().colour()).as("our own pace is no illness").isEqualTo(ConnectionHealth.Colour.GREEN);

        bench.clock().advance(Duration.ofMillis(20));
        works(bench);
    }

    @Test
    void writesNoSecretAndNoNumberIntoTheLog() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var logger = (Logger) LoggerFactory.getLogger("io.patchbay.api");
        logger.addAppender(appender);
        try {
            works(bench);
            once(Reply.json(
                    400,
                    "{\"message\":\"phone +7 900 000-12-34 or 79000001234 is bad, token " + Parrot.TOKEN + "<br>\"}"));
            var fault = fault(bench);
            fault(bench, Operation.FETCH_RECORDING, "{\"recording\": \"79000001234.mp3\"}");

            assertThat(fault.getMessage())
                    .isEqualTo("Test answered 400: phone 7900***1234 or 7900***1234 is bad, token ***");
            assertThat(appender.list)
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.getFormattedMessage())
                            .startsWith("api.sent company=1 connection="
                                    + bench.connection().id() + " connector=parrot operation=")
                            .doesNotContain("9000001234", Parrot.TOKEN, "000-12-34"));
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void measuresEachRequestByConnectionOperationAndVerdict() {
        works(bench);
        once(Reply.json(404, "{}"));
        fault(bench);

        var counts = new HashMap<String, Long>();
        bench.meters()
                .find("patchbay.api.requests")
                .tag("connection", bench.connection().id().toString())
                .timers()
                .forEach(timer -> counts.put(
                        timer.getId().getTag("connector") + " "
                                + timer.getId().getTag("operation") + " "
                                + timer.getId().getTag("verdict"),
                        timer.count()));
        assertThat(counts).isEqualTo(Map.of("parrot find-client done", 1L, "parrot find-client refused", 1L));
    }

    @Test
    void measuresUnderNoLabelThatGrowsWithTheCallsOrTellsWhoCalled() {
        for (var i = 0; i < 20; i++) {
            once(Reply.json(404, "{\"error\":\"E" + i + "\",\"message\":\"no 7900000123" + i + "\"}"));
            fault(bench, Operation.FETCH_RECORDING, "{\"recording\": \"7900000" + i + "\"}");
        }

        var mine = bench.meters().getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("patchbay.api."))
                .filter(meter ->
                        bench.connection().id().toString().equals(meter.getId().getTag("connection")))
                .toList();
        assertThat(mine).hasSize(1);
        assertThat(mine.getFirst().getId().getTags())
                .allSatisfy(tag -> assertThat(tag.getValue()).doesNotContainPattern("\\d{5}|/"));
    }

    @Test
    void keepsAShareOfThePaceForWhatIsLive() {
        var background = bench.bean(Operations.class).with(Urgency.BACKGROUND);
        var input = JsonNodeFactory.instance.objectNode().put("number", "+79000001234");
        for (var i = 0; i < 40; i++) {
            background.run(bench.connection().id(), Operation.FIND_CLIENT, input);
        }

        var held = catchThrowableOfType(
                ConnectorException.class,
                () -> background.run(bench.connection().id(), Operation.FIND_CLIENT, input));
        assertThat(held.fault()).isEqualTo(Fault.BUSY);
        assertThat(held.retryAfter()).isEqualTo(Duration.ofMillis(20));
        for (var i = 0; i < 10; i++) {
            works(bench);
        }
        assertThat(fault(bench).fault()).isEqualTo(Fault.BUSY);

        assertThat(held("background")).isEqualTo(1);
        assertThat(held("live")).isEqualTo(1);
    }

    private double held(String urgency) {
        return bench.meters()
                .get("patchbay.api.held")
                .tag("connection", bench.connection().id().toString())
                .tag("urgency", urgency)
                .tag("verdict", "busy")
                .counter()
                .count();
    }

    @Test
    void newSettingsDoNotFillTheBucket() {
        for (var i = 0; i < 50; i++) {
            works(bench);
        }
        bench.set("subdomain", "another");

        assertThat(fault(bench).fault()).isEqualTo(Fault.BUSY);
    }

    @Test
    void aProbeThatThePaceHeldBackMakesRoomForTheNext() {
        bench.keepSecret("token", "wrong");
        fault(bench);
        bench.clock().advance(Duration.ofSeconds(61));
        bench.bean(Buckets.class)
                .of(bench.connection().id(), bench.connector().access().pace())
                .orElseThrow()
                .tryConsumeAsMuchAsPossible();

        assertThat(fault(bench).fault()).as("the probe's turn has not come").isEqualTo(Fault.BUSY);
        bench.clock().advance(Duration.ofMillis(20));
        fault(bench);

        assertThat(parrot.requests()).hasSize(2);
    }

    @Test
    void aProbeThatFailsBeforeItIsSentMakesRoomForTheNext() {
        bench.keepSecret("token", "wrong");
        fault(bench);
        bench.clock().advance(Duration.ofSeconds(61));

        assertThat(fault(bench, Operation.FETCH_RECORDING, "{\"recording\": \"../../account\"}")
                        .fault())
                .isEqualTo(Fault.OURS);
        fault(bench);

        assertThat(parrot.requests()).hasSize(2);
    }

    @Test
    void takesAnAnswerThatIsTooDeepForNoAnswer() {
        once(Reply.json(200, "[".repeat(100_000)));
        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);

        once(Reply.json(400, "[".repeat(100_000)));
        assertThat(fault(bench).fault()).as("the status alone says enough").isEqualTo(Fault.REFUSED);
        works(bench);
    }

    @Test
    void takesBytesThatAreNoTextForNoAnswer() {
        var bytes = new byte[4096];
        new java.util.Random(7).nextBytes(bytes);
        once(new Reply(200, Map.of("Content-Type", "application/json"), bytes));

        assertThat(fault(bench).fault()).isEqualTo(Fault.UNREACHABLE);
        works(bench);
    }

    @Test
    void remembersNoNewHostThatDoesNotAnswerWell() {
        once(new Reply(302, Map.of("Location", "https://10.0.0.1/clients"), new byte[0]));
        assertThat(fault(bench).getMessage()).as("a rename is no way inside").contains("private network");
        bench.clock().advance(Duration.ofMinutes(2));
        works(bench);

        try (var another = new Gatekeeper()) {
            another.misbehave(r -> true, 1, Misbehaviour.answer(Reply.empty(404)));
            once(new Reply(302, Map.of("Location", another.address() + "/clients"), new byte[0]));
            assertThat(fault(bench).fault()).isEqualTo(Fault.REFUSED);
            works(bench);
            assertThat(another.requests()).hasSize(1);
        }
    }

    @Test
    void tellsWhatIsWrongWithAFileThatBreaksOff() {
        once(new Reply(200, Map.of("Content-Type", "audio/mpeg"), new byte[2 << 20]));

        assertThat(catchThrowableOfType(
                                ConnectorException.class,
                                () -> bench.bytes(Operation.FETCH_RECORDING, "{\"recording\": \"r-1\"}"))
                        .getMessage())
                .contains("longer than 1048576 bytes");
        assertThat(bench.bytes(Operation.FETCH_RECORDING, "{\"recording\": \"r-1\"}"))
                .hasSize(300_000);

        once(Reply.of(200, "text/html", "<html>"));
        assertThat(fault(bench, Operation.FETCH_RECORDING, "{\"recording\": \"r-1\"}")
                        .fault())
                .isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void doesNothingForAConnectionThatIsSwitchedOff() {
        bench.bean(Connections.class).change(bench.connection().id(), Connections.Change.enabled(false));

        assertThat(fault(bench).fault()).isEqualTo(Fault.SETUP);
        assertThat(parrot.requests()).isEmpty();
    }

    @Test
    void readsTheHooksOfAConnectionThatIsSwitchedOff() {
        bench.bean(Connections.class).change(bench.connection().id(), Connections.Change.enabled(false));

        assertThat(bench.run(Operation.DECODE_HOOK, "{\"body\": {}}").isNull()).isFalse();
        assertThat(parrot.requests()).isEmpty();
    }
}
