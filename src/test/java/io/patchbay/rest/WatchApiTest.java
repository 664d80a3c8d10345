package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionId;
import io.patchbay.testing.RunningHub;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningHub
class WatchApiTest {

    @LocalServerPort
    int port;

    @Autowired
    ConnectionHealth health;

    @Test
    void workingHoursAreReadSetAndRefusedWithAllTheirMistakes() {
        var api = new Api(port);
        var before = api.get("/api/v1/watch").json();
        assertThat(before.path("silenceMinutes").isNumber()).isTrue();

        var set = api.put(
                "/api/v1/watch",
                "{\"days\": [\"MONDAY\"], \"opens\": \"08:30\", \"closes\": \"00:00\", \"silenceMinutes\": 60}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(api.get("/api/v1/watch").json()).isEqualTo(set.json());

        var refused = api.put("/api/v1/watch", "{\"days\": [\"NEVER\"], \"opens\": \"25:00\", \"silenceMinutes\": -5}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors")).hasSize(4);
        assertThat(api.put("/api/v1/watch", before.toString()).status()).isEqualTo(200);
    }

    @Test
    void aConnectionTellsSinceWhenItsSubscriptionDoesNotLive() {
        var api = new Api(port);
        var id = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Deaf", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """).json().path("id").asLong();
        assertThat(api.get("/api/v1/connections/" + id)
                        .json()
                        .at("/health/sentence")
                        .asString())
                .as("nothing was heard of it yet")
                .isNotBlank();
        health.deaf(new ConnectionId(id), "Wrong address.");
        health.went(new ConnectionId(id));

        var told = api.get("/api/v1/connections/" + id).json().path("health");

        assertThat(told.path("sentence").asString()).contains("Wrong address.");
        assertThat(told.path("colour").asString()).isEqualTo("RED");
        assertThat(told.path("deaf").asString()).isEqualTo("Wrong address.");
        assertThat(told.path("since").asString()).isNotEmpty();
        assertThat(told.path("backlog").asInt(-1)).isZero();
        assertThat(told.path("alerts").isArray()).isTrue();
    }
}
