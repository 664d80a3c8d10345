package io.patchbay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.bench.Load.Measured;
import io.patchbay.process.HubProcess;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * From a PBX's event to the request in the CRM, through a hub that runs as a process of its own: an open loop, so that an event that has to wait counts from the
 * instant at which it was due. The target answers at once and has a pace of 200 requests a second. Then how long the hub takes to start and how much memory it
 * holds. Prints figures and asserts only that nothing is missing. {@code mvn -Pbench verify}; {@code -Dbench.seconds=300} for a long run.
 */
@Tag("bench")
class EventToCrmBench {

    private static final int EVENTS_A_SECOND = 50;
    private static final int EVENTS_A_CALL = 2; // it rings, it ends
    private static final Duration RINGS = Duration.ofSeconds(2);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int WARM_UP_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PBX_TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final Path EXAMPLES = Path.of("connectors/beeline/examples");

    @Test
    void carriesFiftyEventsASecondToTheCrm(@TempDir Path folder) throws Exception {
        FileSystemUtils.copyRecursively(
                Path.of("src/test/resources/bench-connectors/finch"), folder.resolve("connectors/finch"));
        try (var pbx = new BeelinePbx(BeelineCompany.small(), PBX_TOKEN, Clock.systemUTC(), 42);
                var crm = new Finch()) {
            var from = System.nanoTime();
            try (var hub = HubProcess.asShipped(folder).ready()) {
                var firstStart = seconds(from);
                var hook = connect(hub, pbx, crm);
                call(hook, 900_0000, WARM_UP_SECONDS);
                var memoryIdle = hub.residentBytes();

                var due = call(hook, 100_0000, SECONDS);

                await().atMost(PATIENCE).until(() -> missing(crm, due.length) == 0);
                tell("event to first request (find the client)", crm, "GET /clients", due, Duration.ZERO);
                tell("ringing to card", crm, "POST /cards", due, Duration.ZERO);
                tell("end of the call to its entry", crm, "POST /calls", due, RINGS);
                System.out.printf(
                        Locale.ROOT,
                        "bench process: first start %.1f s, resident memory %d MB before the load and %d MB after it%n",
                        firstStart,
                        memoryIdle >> 20,
                        hub.residentBytes() >> 20);
                assertThat(missing(crm, due.length)).isZero();
                hub.terminate();
                hub.exit();
            }
            from = System.nanoTime();
            try (var again = HubProcess.asShipped(folder).ready()) {
                System.out.printf(
                        Locale.ROOT,
                        "bench process: next start %.1f s, resident memory %d MB%n",
                        seconds(from),
                        again.residentBytes() >> 20);
            }
        }
    }

    private static URI connect(HubProcess hub, BeelinePbx pbx, Finch crm) {
        hub.post("/api/v1/connections", """
            {"connector": "finch", "title": "CRM", "settings": {"baseUrl": "%s", "token": "%s"}}\
            """.formatted(crm.address(), Finch.TOKEN));
        var made = hub.post("/api/v1/connections", """
            {"connector": "beeline", "title": "PBX", "settings": {"baseUrl": "%s", "token": "%s"}}\
            """.formatted(pbx.baseUrl(), PBX_TOKEN));
        await().atMost(PATIENCE)
                .until(() -> hub.get("/api/v1/employees")
                                .path("items")
                                .valueStream()
                                .filter(employee -> employee.path("ids").size() == 2)
                                .count()
                        == 2);
        return URI.create(made.path("hookUrl").asString());
    }

    /**
     * Missed calls at an even pace.
     *
     * @param first the last seven digits of the first client's number
     * @return when each call was due to ring, by {@link System#nanoTime}
     */
    private static long[] call(URI hook, int first, int seconds) throws Exception {
        var ringing = Files.readString(EXAMPLES.resolve("event-inbound-answered-1-received.xml"));
        var ended = Files.readString(EXAMPLES.resolve("event-inbound-answered-3-released.xml"))
                .replaceAll("(?m)^.*answerTime.*\\R", "");
        var calls = seconds * EVENTS_A_SECOND / EVENTS_A_CALL;
        var gap = TimeUnit.SECONDS.toNanos(1) * EVENTS_A_CALL / EVENTS_A_SECOND;
        var refused = new AtomicInteger();
        var due = new long[calls];
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var senders = Executors.newScheduledThreadPool(8)) {
            var start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            for (int i = 0; i < calls; i++) {
                due[i] = start + i * gap;
                var wait = due[i] - System.nanoTime();
                var call = new Told(number(first, i), i % 2 == 0 ? "9000000201" : "9000000202", UUID.randomUUID());
                senders.schedule(() -> post(http, hook, call.in(ringing), refused), wait, TimeUnit.NANOSECONDS);
                senders.schedule(
                        () -> post(http, hook, call.in(ended), refused), wait + RINGS.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        assertThat(refused.get()).as("events that were not taken").isZero();
        return due;
    }

    private static String number(int first, int call) {
        return "+7900" + (first + call);
    }

    /** A call in the words of an example event. */
    private record Told(String number, String seat, UUID tracking) {

        String in(String event) {
            var now = System.currentTimeMillis();
            return event.replace("+79000001234", number)
                    .replace("9000000201", seat)
                    .replaceAll("extTrackingId>[^<]*", "extTrackingId>" + tracking)
                    .replaceAll("callId>[^<]*", "callId>callhalf-" + tracking.hashCode() + ":0")
                    .replaceAll("eventID>[^<]*", "eventID>" + UUID.randomUUID())
                    .replaceAll("(start|release)Time>[^<]*", "$1Time>" + now);
        }
    }

    private static void post(HttpClient http, URI hook, String event, AtomicInteger refused) {
        var request = HttpRequest.newBuilder(hook)
                .header("Content-Type", "application/xml; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failed) -> {
            if (failed != null || answer.statusCode() != 200) {
                refused.incrementAndGet();
            }
        });
    }

    private static long missing(Finch crm, int calls) {
        return IntStream.range(0, calls)
                .filter(i -> crm.asked("POST /calls", number(100_0000, i)).isEmpty())
                .count();
    }

    /** A call that was over before its turn came gets no card: it is counted by its absence. */
    private static void tell(String what, Finch crm, String request, long[] due, Duration later) {
        var nanos = IntStream.range(0, due.length)
                .filter(i -> crm.asked(request, number(100_0000, i)).isPresent())
                .mapToLong(i -> crm.asked(request, number(100_0000, i)).orElseThrow() - due[i] - later.toNanos())
                .sorted()
                .toArray();
        var measured = new Measured(Duration.ofSeconds(SECONDS), nanos);
        System.out.printf(
                Locale.ROOT,
                "bench event to CRM at %d events/s: %s: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, worst %.0f ms (%d of %d"
                        + " calls)%n",
                EVENTS_A_SECOND,
                what,
                measured.millis(0.50),
                measured.millis(0.95),
                measured.millis(0.99),
                measured.millis(1),
                nanos.length,
                due.length);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
