package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.testing.RunningHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Spoilt bodies over real HTTP through the real queue: no answer of 5xx, and the queue goes on. */
@RunningHub
class SpoiltRequestsTest {

    private static final int TOO_LARGE = 20 * 1024 * 1024; // bytes

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    Connections connections;

    @Autowired
    Hooks hooks;

    @Autowired
    JdbcClient jdbc;

    private int post(URI address, String type, byte[] body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address.getPath()))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void noSpoiltBodyIsAnsweredWithAFaultOfTheHubOrHoldsUpTheNext() throws Exception {
        var connection = connections.add(new CompanyId(1), "beeline", "Spoilt", Map.of());
        var address = hooks.address(connection.id());
        var random = new Random(20261125);
        List<Path> examples;
        try (var files = Files.walk(Path.of("connectors/beeline/examples"))) {
            examples = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .limit(3)
                    .toList();
        }
        var sent = 0;
        for (var example : examples) {
            for (var mutation : Mutation.values()) {
                var type = random.nextBoolean() ? "application/xml" : "application/json";
                assertThat(post(address, type, mutation.of(Files.readAllBytes(example), random)))
                        .as(example + " " + mutation)
                        .isEqualTo(200);
                sent++;
            }
        }
        assertThat(post(address, "application/xml", new byte[TOO_LARGE])).isEqualTo(413);
        assertThat(post(address, "application/xml", Files.readAllBytes(examples.getFirst())))
                .isEqualTo(200);
        sent++;

        var all = sent;
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                jdbc.sql("SELECT COUNT(*) FROM raw_hook WHERE connection_id = ? AND (facts IS NOT NULL"
                                                + " OR aside <> '')")
                                        .param(connection.id().value())
                                        .query(Integer.class)
                                        .single())
                        .isEqualTo(all));
    }
}
