package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The door for hooks: what it answers, and that what it answered 200 is there after a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HooksAreStoredFirstIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Path data;
    private RunningHub hub;
    private ConnectionId connection;

    @BeforeAll
    void open(@TempDir Path folder) {
        data = folder;
        hub = new RunningHub(data);
        connection = hub.bean(Connections.class)
                .add(RunningHub.COMPANY, "bitrix24", "CRM", Map.of())
                .id();
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void answersProbesOfAnAddressThatExists() {
        assertThat(hub.send(HttpRequest.newBuilder(hub.hook(connection)).GET()).statusCode())
                .isEqualTo(200);
        assertThat(hub.send(HttpRequest.newBuilder(hub.hook(connection)).method("HEAD", none()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void knowsNobodyUnderAnotherSecret() {
        assertThat(hub.post(hub.address("/hooks/" + "x".repeat(43)), "text/plain", "a")
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.post(hub.address("/hooks/"), "text/plain", "a").statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesABodyOverTheLimitAndGoesOn() {
        assertThat(hub.post(hub.hook(connection), "text/plain", "x".repeat(1_100_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(hub.post(hub.hook(connection), "text/plain", "x".repeat(900_000))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void putsAsideWhatNobodyCanReadAndGoesOn() {
        var answer = hub.post(hub.hook(connection), "application/json", "{\"never\":\"closed\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> putAside() >= 1);
    }

    @Test
    void keepsFormsByteForByteButNeverInTheClear() throws Exception {
        var secretNumber = "79001112233";

        hub.post(hub.hook(connection), "application/x-www-form-urlencoded", "event=NONE&phone=%2B" + secretNumber);

        await().atMost(PATIENCE).until(() -> rawHooks() >= 1);
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.getFileName().toString())
                        .doesNotContain("phone=%2B" + secretNumber);
            }
        }
    }

    @Test
    void hasEverythingItAcceptedAfterARestart() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> waiting() == 0); // what the other tests sent is in the database and not counted below
        hub.bean(CamelContext.class).getRouteController().stopRoute("join");
        var before = rawHooks();
        for (int i = 0; i < 50; i++) {
            assertThat(hub.post(hub.hook(connection), "application/x-www-form-urlencoded", "event=NONE&n=" + i)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(rawHooks()).isEqualTo(before);
        hub.close();

        hub = new RunningHub(data);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rawHooks()).isEqualTo(before + 50));
    }

    /** Hooks that were accepted and are not in the database yet. */
    private long waiting() {
        return hub.bean(EmbeddedActiveMQ.class)
                .getActiveMQServer()
                .locateQueue("patchbay.intake")
                .getMessageCount();
    }

    private long rawHooks() {
        return count("SELECT COUNT(*) FROM raw_hook");
    }

    private long putAside() {
        return count("SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL");
    }

    private long count(String sql) {
        return hub.bean(JdbcClient.class).sql(sql).query(Long.class).single();
    }

    private static HttpRequest.BodyPublisher none() {
        return HttpRequest.BodyPublishers.noBody();
    }
}
