package io.patchbay.bench;

import io.patchbay.Patchbay;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.Hooks;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Durable accepts: hooks over HTTP beside bare persistent sends to the same embedded broker, in one run. Prints figures and their ratio and asserts nothing about
 * time. Run with {@code mvn -Pbench verify}.
 */
@Tag("bench")
class AcceptBench {

    private static final int SENDERS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(15);

    @TempDir
    Path data;

    @Test
    void acceptsHooksBesideABareProducer() throws Exception {
        try (var hub = start()) {
            var event =
                    Files.readAllBytes(Path.of("connectors/beeline/examples/event-inbound-answered-1-received.xml"));
            var address = hookAddress(hub);
            // the readers of the queue would compete for the two cores
            hub.getBean(org.apache.camel.CamelContext.class)
                    .getRouteController()
                    .stopRoute("join");

            var hooks = measure("hooks over HTTP, synced", () -> poster(address, event));
            var sends = measure("bare sends, synced", () -> sender(hub.getBean(ConnectionFactory.class), event));

            System.out.printf("ratio of accepts to bare sends: %.2f%n", hooks / sends);
        }
    }

    private ConfigurableApplicationContext start() {
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

    private static double measure(String what, Worker.Source workers) throws Exception {
        run(workers, WARM_UP, new long[0]);
        var latencies = new long[2_000_000];
        var count = run(workers, MEASURED, latencies);
        var sorted = Arrays.copyOf(latencies, (int) Math.min(count, latencies.length));
        Arrays.sort(sorted);
        var perSecond = count / (double) MEASURED.toSeconds();
        System.out.printf(
                "%s: %.0f/s with %d senders, p50 %.2f ms, p99 %.2f ms%n",
                what, perSecond, SENDERS, sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6);
        return perSecond;
    }

    private static long run(Worker.Source workers, Duration length, long[] latencies) throws Exception {
        var count = new AtomicLong();
        var until = System.nanoTime() + length.toNanos();
        var done = new CountDownLatch(SENDERS);
        try (var threads = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < SENDERS; i++) {
                threads.submit(() -> {
                    try (var worker = workers.open()) {
                        while (System.nanoTime() < until) {
                            var from = System.nanoTime();
                            worker.send();
                            var n = (int) count.getAndIncrement();
                            if (n < latencies.length) {
                                latencies[n] = System.nanoTime() - from;
                            }
                        }
                    } finally {
                        done.countDown();
                    }
                    return null;
                });
            }
            done.await();
        }
        return count.get();
    }

    private static Worker poster(URI address, byte[] event) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/xml; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                .build();
        return Worker.of(
                () -> {
                    var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("answered " + answer.statusCode());
                    }
                },
                client::close);
    }

    private static Worker sender(ConnectionFactory factory, byte[] event) throws JMSException {
        var connection = factory.createConnection();
        var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        var producer = session.createProducer(session.createQueue("bench"));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        return Worker.of(
                () -> {
                    var message = session.createBytesMessage();
                    message.writeBytes(event);
                    producer.send(message);
                },
                () -> {
                    session.close();
                    connection.close();
                });
    }

    private interface Worker extends AutoCloseable {
        void send() throws Exception;

        static Worker of(Work send, Work close) {
            return new Worker() {
                @Override
                public void send() throws Exception {
                    send.run();
                }

                @Override
                public void close() throws Exception {
                    close.run();
                }
            };
        }

        interface Work {
            void run() throws Exception;
        }

        interface Source {
            Worker open() throws Exception;
        }
    }
}
