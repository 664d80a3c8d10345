package io.patchbay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.Patchbay;
import io.patchbay.bench.Load.Measured;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.Hooks;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Durable accepts: hooks over HTTP beside bare persistent sends to the same embedded broker, in turns within one run, so that both see the same load of the
 * machine. Prints figures and their ratio and asserts nothing about time. {@code mvn -Pbench verify}; {@code -Dbench.seconds=300} for a long run.
 */
@Tag("bench")
class AcceptBench {

    private static final int SENDERS = 32;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration ROUND =
            Duration.ofSeconds(Integer.getInteger("bench.seconds", 20)).dividedBy(ROUNDS);

    @Test
    void acceptsHooksBesideABareProducer(@TempDir Path data) throws Exception {
        try (var hub = start(data)) {
            var event =
                    Files.readAllBytes(Path.of("connectors/beeline/examples/event-inbound-answered-1-received.xml"));
            var address = hookAddress(hub);
            // the readers of the queue would compete for the processor
            hub.getBean(CamelContext.class).getRouteController().stopRoute("join");
            var before = stored(hub);

            try (var hooks = new Load(SENDERS, () -> new HookSocket(address, event));
                    var sends = new Load(SENDERS, () -> new Sender(hub.getBean(ConnectionFactory.class), event))) {
                var accepted = hooks.run(WARM_UP).nanos().length;
                sends.run(WARM_UP);
                var ofHooks = new Measured(Duration.ZERO, new long[0]);
                var ofSends = ofHooks;
                for (int i = 0; i < ROUNDS; i++) {
                    ofHooks = ofHooks.and(hooks.run(ROUND));
                    ofSends = ofSends.and(sends.run(ROUND));
                }
                tell("hooks over HTTP", ofHooks, event.length);
                tell("bare persistent sends", ofSends, event.length);
                System.out.printf(
                        Locale.ROOT,
                        "bench accept: ratio of hooks to bare sends %.2f%n",
                        ofHooks.perSecond() / ofSends.perSecond());

                assertThat(stored(hub) - before)
                        .as("every hook that was answered 200 is in the queue")
                        .isEqualTo(accepted + ofHooks.nanos().length);
            }
        }
    }

    private static void tell(String what, Measured measured, int bytes) {
        System.out.printf(
                Locale.ROOT,
                "bench accept: %s of %d bytes, each synced, %d connections: %.0f/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f"
                        + " ms (%d in %d s)%n",
                what,
                bytes,
                SENDERS,
                measured.perSecond(),
                measured.millis(0.50),
                measured.millis(0.95),
                measured.millis(0.99),
                measured.nanos().length,
                measured.length().toSeconds());
    }

    private static ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(Patchbay.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--patchbay.data-dir=" + data,
                        "--patchbay.upkeep.period=3600000",
                        "--patchbay.backfill.delay=3600000");
    }

    private static URI hookAddress(ConfigurableApplicationContext hub) {
        var connection = hub.getBean(Connections.class).add(new CompanyId(1), "beeline", "bench", Map.of());
        var port = hub.getBean(Environment.class).getRequiredProperty("local.server.port");
        var path = hub.getBean(Hooks.class).address(connection.id()).getPath();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static long stored(ConfigurableApplicationContext hub) {
        var queue = hub.getBean(EmbeddedActiveMQ.class).getActiveMQServer().locateQueue("patchbay.intake");
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** A producer with a session of its own, as bare as JMS allows. */
    private static final class Sender implements Load.Worker {

        private final Session session;
        private final MessageProducer producer;
        private final byte[] event;

        Sender(ConnectionFactory factory, byte[] event) throws JMSException {
            this.event = event;
            session = factory.createConnection().createSession(false, Session.AUTO_ACKNOWLEDGE);
            producer = session.createProducer(session.createQueue("bench"));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        }

        @Override
        public void send() throws JMSException {
            producer.send(message());
        }

        private Message message() throws JMSException {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(event);
            return message;
        }

        @Override
        public void close() throws JMSException {
            session.close();
        }
    }
}
