package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.RunningHub;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningHub
class RetentionApiTest {

    private static final String PATH = "/api/v1/retention";

    @LocalServerPort
    int port;

    @Test
    void changesOnlyTheKindsThatAreNamedAndTellsAllMistakesAtOnce() {
        var api = new Api(port);
        assertThat(api.get(PATH).json().at("/days/recordings").asInt()).isZero();

        var set = api.put(PATH, "{\"days\": {\"alerts\": 40}}");

        assertThat(set.json().at("/days/alerts").asInt()).isEqualTo(40);
        assertThat(set.json().at("/days/raw-hooks").asInt()).isEqualTo(30);
        assertThat(api.get(PATH).json()).isEqualTo(set.json());
        var wrong = api.put(PATH, "{\"days\": {\"alerts\": -1, \"calls\": 7, \"tea\": 3, \"runs\": null}}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrder("days.alerts", "days.calls", "days.tea", "days.runs");
        assertThat(api.get(PATH).json()).as("nothing was changed").isEqualTo(set.json());
        assertThat(api.get(PATH + "/runs").status()).isEqualTo(200);
    }
}
