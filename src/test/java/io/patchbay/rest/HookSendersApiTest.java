package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.intake.HookUse;
import io.patchbay.testing.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A program says who may send to a connection, and the door lets in nobody else. The hub trusts no proxy. */
@RunningHub
class HookSendersApiTest {

    @LocalServerPort
    int port;

    @Autowired
    HookUse use;

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

    private HttpResponse<String> send(String hookPath, String forwarded) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + hookPath))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Forwarded-For", forwarded)
                            .POST(BodyPublishers.ofString("name=Anna"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private String hookPath() {
        return URI.create(api.get(path).json().path("hookUrl").asString()).getPath();
    }

    @Test
    void aHookFromElsewhereIsAnsweredAsAnUnknownSecretAndCounted() throws Exception {
        var set = api.put(path + "/hook-senders", "{\"senders\": [\"192.0.2.9/24\", \"2001:DB8::/32\"]}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().at("/hook/senders").toString()).isEqualTo("[\"192.0.2.0/24\",\"2001:db8::/32\"]");

        var refused = send(hookPath(), "192.0.2.1");
        var unknown = send("/hooks/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "192.0.2.1");

        assertThat(refused.statusCode()).as("anybody can write a header").isEqualTo(404);
        assertThat(refused.body()).isEqualTo(unknown.body());
        assertThat(refused.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
        use.write();
        send(hookPath(), "192.0.2.1");
        use.write();
        var told = api.get(path).json().at("/hook/refused");
        assertThat(told.path("number").asInt()).isEqualTo(2);
        assertThat(told.path("lastFrom").asString()).isEqualTo("127.0.0.1");

        assertThat(api.put(path + "/hook-senders", "{\"senders\": [\"127.0.0.0/8\"]}")
                        .json()
                        .at("/hook/refused")
                        .isNull())
                .as("the list is another one")
                .isTrue();
        assertThat(send(hookPath(), "198.51.100.1").statusCode()).isEqualTo(200);
        use.write();
        assertThat(api.get(path).json().at("/hook/lastUsedFrom").asString()).isEqualTo("127.0.0.1");

        api.put(path + "/hook-senders", "{\"senders\": []}");
        assertThat(send(hookPath(), "x").statusCode()).isEqualTo(200);
    }

    @Test
    void aProbeFromElsewhereIsUnknownToo() throws Exception {
        api.put(path + "/hook-senders", "{\"senders\": [\"192.0.2.0/24\"]}");
        try (var client = HttpClient.newHttpClient()) {
            var probe = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + hookPath()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(probe.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whatIsNoBlockIsRefusedEachWithItsPlaceAndNothingChanges() {
        api.put(path + "/hook-senders", "{\"senders\": [\"192.0.2.0/24\"]}");

        var refused =
                api.put(path + "/hook-senders", "{\"senders\": [\"pbx.example.org\", \"10.0.0.0/8\", \"1.2.3.4/40\"]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactly("senders[0]", "senders[2]");
        assertThat(api.put(path + "/hook-senders", "{}").status()).isEqualTo(400);
        assertThat(api.put(path + "/hook-senders", "{\"senders\": [null]}").status())
                .isEqualTo(400);
        assertThat(api.get(path).json().at("/hook/senders")).hasSize(1);
    }
}
