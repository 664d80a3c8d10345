package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.Hooks;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.Journal;
import io.patchbay.journal.RawHooks;
import io.patchbay.watch.Standings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** The whole hub with its broker: one sender gone mad beside a healthy one. 20 hooks a second are read of each, so what waits lasts much longer than the test. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.data-dir=target/test-hub/${random.uuid}",
            "patchbay.intake.pace.capacity=20",
            "patchbay.intake.pace.refill=20",
            "management.server.port=0"
        })
@DirtiesContext
class MadSenderIT {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final int HOOKS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @LocalServerPort
    int port;

    @Autowired
    Connections connections;

    @Autowired
    Hooks hooks;

    @Autowired
    RawHooks raw;

    @Autowired
    Journal journal;

    @Autowired
    Standings standings;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient client = HttpClient.newHttpClient();

    private int send(ConnectionId connection, String type, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port
                                        + hooks.address(connection).getPath()))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private int kept(ConnectionId connection) {
        return jdbc.sql("SELECT COUNT(*) FROM raw_hook WHERE connection_id = ?")
                .param(connection.value())
                .query(Integer.class)
                .single();
    }

    private int understood(ConnectionId connection) {
        return kept(connection) - raw.held(connection.value());
    }

    @Test
    void takesFiveThousandHooksAtOnceAndReadsTheOthersCallsMeanwhile() throws Exception {
        var mad = connections.add(COMPANY, "form", "Mad", Map.of()).id();
        var healthy = connections.add(COMPANY, "beeline", "Healthy", Map.of()).id();
        try (var threads = Executors.newFixedThreadPool(16)) {
            Callable<Integer> one = () -> send(mad, "application/x-www-form-urlencoded", "name=Anna");
            for (var answer : threads.invokeAll(
                    IntStream.range(0, HOOKS).mapToObj(i -> one).toList())) {
                assertThat(answer.get()).as("accepted, however many").isEqualTo(200);
            }
        }

        assertThat(send(
                        healthy,
                        "application/xml",
                        Files.readString(Path.of("connectors/beeline/examples/event-inbound-answered-1-received.xml"))))
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() ->
                        !journal.list(CallQuery.newest(COMPANY, 10)).items().isEmpty());

        assertThat(understood(mad)).as("the others' call went before these").isLessThan(HOOKS);
        await().atMost(PATIENCE).until(() -> kept(mad) == HOOKS);
        assertThat(standings.of(connections.get(mad)).held())
                .as("what waits is seen")
                .isPositive();
        assertThat(raw.held(healthy.value())).isZero();
        var before = understood(mad);
        await().atMost(PATIENCE).until(() -> understood(mad) > before + 20);
    }
}
