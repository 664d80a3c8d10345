package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A program gives a connection a new hook address, and the door answers as it should. */
@RunningHub
class HookSecretApiTest {

    @LocalServerPort
    int port;

    private Api api;
    private String path;

    @BeforeEach
    void connect() {
        api = new Api(port);
        path = "/api/v1/connections/"
                + api.post("/api/v1/connections", """
                    {"connector": "parrot", "title": "Polly", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
                    """).json().path("id").asLong();
    }

    private int hook(JsonNode connection) throws IOException, InterruptedException {
        var hookPath = URI.create(connection.path("hookUrl").asString()).getPath();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + hookPath))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("name=Anna"))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
        }
    }

    @Test
    void bothAddressesWorkUntilTheOldOneIsEnded() throws Exception {
        var before = api.get(path).json();
        assertThat(before.path("hook").path("registered").asBoolean(true)).isFalse();
        assertThat(before.path("hook").path("former")).isEmpty();

        var after = api.post(path + "/hook-secret", "{\"overlapMinutes\": 60}").json();

        assertThat(after.path("hookUrl")).isNotEqualTo(before.path("hookUrl"));
        assertThat(after.path("hook").path("former")).hasSize(1);
        assertThat(after.at("/hook/former/0/endsAt").asString()).isNotEmpty();
        assertThat(hook(before)).isEqualTo(200);
        assertThat(hook(after)).isEqualTo(200);

        assertThat(api.delete(path + "/hook-secret/former").status()).isEqualTo(200);

        assertThat(hook(before)).isEqualTo(404);
        assertThat(hook(after)).isEqualTo(200);
    }

    @Test
    void withoutAnOverlapTheOldOneIsUnknownAtOnceAndWithoutABodyTheUsualOneHolds() throws Exception {
        var first = api.get(path).json();
        var second = api.post(path + "/hook-secret", "{\"overlapMinutes\": 0}").json();
        assertThat(hook(first)).isEqualTo(404);

        api.post(path + "/hook-secret", "");

        assertThat(hook(second)).isEqualTo(200);
        assertThat(hook(first)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "43201", "2147483647"})
    void anOverlapThatIsNoneIsRefusedAndNothingChanges(String minutes) {
        var before = api.get(path).json().path("hookUrl");

        var refused = api.post(path + "/hook-secret", "{\"overlapMinutes\": " + minutes + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("overlapMinutes");
        assertThat(api.get(path).json().path("hookUrl")).isEqualTo(before);
    }
}
