package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.ShippedRoute;
import jakarta.jms.JMSException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** routes/intake/accept.camel.yaml between a sender and the queue, which is a mock. The answer codes are those of the design: 2xx, 404, 413, 503. */
class AcceptRouteTest extends ShippedRoute {

    private static final String BODY = "event=ONCRMLEADADD&phone=%2B79000001234";

    private static ConnectorBench hub;
    private static String secret;
    private final Room room = new Room();
    private MockEndpoint queue;

    /** Stands for io.patchbay.runtime.DiskRoom. */
    public static final class Room {
        private boolean left = true;

        public void require() {
            if (!left) {
                throw new IllegalStateException("The disk is full.");
            }
        }
    }

    AcceptRouteTest() {
        super("routes/intake/accept.camel.yaml");
    }

    @BeforeAll
    static void open() {
        hub = ConnectorBench.of("beeline").hub().start();
        secret = hub.bean(Hooks.class).address(hub.connection().id()).getPath().substring("/hooks/".length());
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @BeforeEach
    void replaceEnds() throws Exception {
        context.getRegistry().bind("intakeSteps", hub.bean(IntakeSteps.class));
        context.getRegistry().bind("diskRoom", room);
        beginHere("accept");
        AdviceWith.adviceWith(
                context,
                "accept",
                advice -> advice.weaveByToUri("jms:queue:patchbay.intake.*")
                        .replace()
                        .to("mock:queue"));
        context.start();
        queue = getMockEndpoint("mock:queue");
    }

    private Exchange ask(String method, String path, byte[] body) {
        return send("accept", exchange -> {
            exchange.getIn().setHeader(Exchange.HTTP_METHOD, method);
            exchange.getIn().setHeader(Exchange.HTTP_PATH, "/" + path);
            exchange.getIn().setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
            exchange.getIn().setHeader("Authorization", "Bearer of-the-sender");
            exchange.getIn().setBody(new ByteArrayInputStream(body));
        });
    }

    private Exchange post(String path) {
        return ask("POST", path, BODY.getBytes(StandardCharsets.UTF_8));
    }

    private static int status(Exchange answer) {
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody(String.class))
                .as("an answer tells a stranger nothing")
                .isEmpty();
        return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    @Test
    void answers200OnlyAfterTheQueueTookTheWholeHookSealed() {
        queue.whenAnyExchangeReceived(
                exchange -> assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                        .as("not answered yet")
                        .isNull());

        assertThat(status(post(secret))).isEqualTo(200);

        var bytes = queue.getExchanges().getFirst().getIn().getBody(byte[].class);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("79000001234");
        var hook = hub.bean(SealedHooks.class).open(bytes);
        assertThat(hook.body()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(hook.connection()).isEqualTo(hub.connection().id());
        assertThat(hook.headers())
                .as("the sender's credentials for the hub are not kept")
                .doesNotContainKey("authorization");
        assertThat(queue.getExchanges().getFirst().getIn().getHeaders())
                .as("the queue gets bytes and no header with a secret in it")
                .isEmpty();
    }

    @Test
    void aBrokerThatRefusesMeansComeAgainAndNeverThatTheSenderIsWrong() {
        queue.whenAnyExchangeReceived(exchange -> {
            throw new JMSException("AMQ229102: Address \"patchbay.intake\" is full.");
        });

        var refused = post(secret);

        assertThat(status(refused)).isEqualTo(503);
        assertThat(refused.getMessage().getHeader("Retry-After", Long.class)).isPositive();

        queue.whenAnyExchangeReceived(exchange -> {});
        assertThat(status(post(secret))).isEqualTo(200);
    }

    @Test
    void aFullDiskMeansComeAgain() {
        room.left = false;

        var refused = post(secret);

        assertThat(status(refused)).isEqualTo(503);
        assertThat(refused.getMessage().getHeader("Retry-After", Long.class)).isPositive();
        assertThat(queue.getReceivedCounter()).isZero();
        assertThat(status(post("x"))).as("nobody's hook stays nobody's").isEqualTo(404);

        room.left = true;
        assertThat(status(post(secret))).isEqualTo(200);
    }

    @Test
    void aDatabaseThatIsDownMeansComeAgain() {
        var jdbc = hub.database().jdbc();
        jdbc.sql("ALTER TABLE hook RENAME TO hook_away").update();
        try {
            var refused = post(secret);

            assertThat(status(refused)).isEqualTo(503);
            assertThat(refused.getMessage().getHeader("Retry-After", Long.class))
                    .isPositive();
            assertThat(queue.getReceivedCounter()).isZero();
        } finally {
            jdbc.sql("ALTER TABLE hook_away RENAME TO hook").update();
        }
        assertThat(status(post(secret))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../connections", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void nobodyIsKnownUnderAnotherSecret(String path) {
        assertThat(status(post(path))).isEqualTo(404);
        assertThat(status(ask("GET", path, new byte[0]))).isEqualTo(404);
        assertThat(queue.getReceivedCounter()).isZero();
    }

    @Test
    void aRemovedConnectionIsUnknown() {
        var gone = hub.bean(Connections.class).add(new CompanyId(1), "beeline", "Gone", Map.of());
        var path = hub.bean(Hooks.class).address(gone.id()).getPath().substring("/hooks/".length());
        assertThat(status(post(path))).isEqualTo(200);

        hub.bean(Connections.class).remove(gone.id());

        assertThat(status(post(path))).isEqualTo(404);
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndTheNextTaken() {
        var limit = (int) hub.bean(IntakeProperties.class).largestBody().toBytes();

        assertThat(status(ask("POST", secret, new byte[limit + 1]))).isEqualTo(413);
        assertThat(queue.getReceivedCounter()).isZero();

        assertThat(status(ask("POST", secret, new byte[limit]))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aProbeIsAnsweredAndNotStored(String method) {
        assertThat(status(ask(method, secret, new byte[0]))).isEqualTo(200);
        assertThat(queue.getReceivedCounter()).isZero();
    }

    @Test
    void nothingOfTheRequestComesBackInTheAnswer() {
        assertThat(post(secret).getMessage().getHeaders())
                .containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE);
    }
}
