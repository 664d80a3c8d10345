package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated SugarCRM is as strict as contracts/crm/sugarcrm.md. */
class SugarCrmTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final SugarCrm crm = new SugarCrm(clock);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        crm.close();
        http.close();
    }

    @Test
    void endsTheOtherSessionOfTheSameUserAndPlatformAtEachLogin() throws Exception {
        var first = login("patchbay");
        var second = login("patchbay");

        assertThat(post("/Contacts/filter", first.path("access_token").asString(), "{}")
                        .body())
                .contains("need_login");
        assertThat(post("/Contacts/filter", second.path("access_token").asString(), "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(refreshed(first.path("refresh_token").asString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void takesARefreshTokenOnce() throws Exception {
        var refresh = login("patchbay").path("refresh_token").asString();

        assertThat(refreshed(refresh).statusCode()).isEqualTo(200);
        assertThat(refreshed(refresh).body()).contains("invalid_grant");
    }

    @Test
    void saysInvalidGrantRightAfterTheEndOfAToken() throws Exception {
        var token = login("patchbay").path("access_token").asString();
        clock.advance(Duration.ofMinutes(61));

        assertThat(post("/Contacts/filter", token, "{}").body()).contains("invalid_grant");
        assertThat(post("/Contacts/filter", "nobody's", "{}").body()).contains("need_login");
    }

    @Test
    void refusesAPlatformNobodyRegistered() throws Exception {
        assertThat(login("base").path("error").asString()).isNotEmpty();
    }

    @Test
    void refusesUnknownFieldsValuesAndMissingOnes() throws Exception {
        var token = login("patchbay").path("access_token").asString();

        assertThat(post("/Calls", token, "{\"name\": \"x\"}").body()).contains("missing_parameter");
        assertThat(post("/Contacts", token, "{\"last_name\": \"x\", \"nosuch\": 1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("/Contacts", token, "{\"id\": \"a-1\", \"last_name\": \"x\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/Contacts", token, "{\"id\": \"a-1\", \"last_name\": \"x\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("/Contacts/filter", token, "{\"filter\": {}}").statusCode())
                .isEqualTo(422);
        assertThat(post("/NoSuch", token, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void pagesTwentyAtATimeAndEndsWithMinusOne() throws Exception {
        for (int i = 0; i < 25; i++) {
            crm.addContact("C" + i, "");
        }
        var token = login("patchbay").path("access_token").asString();

        var first = JSON.readTree(post("/Contacts/filter", token, "{}").body());
        var second = JSON.readTree(
                post("/Contacts/filter", token, "{\"offset\": 20}").body());

        assertThat(first.path("records")).hasSize(20);
        assertThat(first.path("next_offset").asInt()).isEqualTo(20);
        assertThat(second.path("records")).hasSize(5);
        assertThat(second.path("next_offset").asInt()).isEqualTo(-1);
    }

    private JsonNode login(String platform) throws Exception {
        return JSON.readTree(
                post("/oauth2/token", "", """
                    {"grant_type": "password", "client_id": "sugar", "client_secret": "", "username": "hub", "password": "%s", "platform": "%s"}\
                    """.formatted(crm.access().password(), platform))
                        .body());
    }

    private HttpResponse<String> refreshed(String token) throws Exception {
        return post("/oauth2/token", "", """
            {"grant_type": "refresh_token", "client_id": "sugar", "client_secret": "", "refresh_token": "%s", "platform": "patchbay"}\
            """.formatted(token));
    }

    private HttpResponse<String> post(String path, String token, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(crm.address() + "/rest/v11" + path))
                        .header("Content-Type", "application/json")
                        .header("OAuth-Token", token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
