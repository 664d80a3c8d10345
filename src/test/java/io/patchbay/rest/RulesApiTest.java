package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.ApiTokens;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.RunningHub;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningHub
class RulesApiTest {

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Test
    void rulesAreSetReadAndRefusedWithAllTheirMistakes() {
        var api = new Api(port);
        var id = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Rules", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """).json().path("id").asLong();
        var path = "/api/v1/connections/" + id + "/rules";

        assertThat(api.get(path).json().path("rules")).isEmpty();
        var set = api.put(path, """
            {"callBack": "21", "rules": [{"when": {"kinds": ["INBOUND_MISSED"], "client": "KNOWN"},
              "then": {"task": {"wanted": true, "title": "{number}", "deadlineMinutes": 30, "for": {"by": "CLIENTS_MANAGER"}}}}]}\
            """);

        assertThat(set.status()).isEqualTo(200);
        assertThat(api.get(path).json()).isEqualTo(set.json());
        assertThat(set.json().at("/rules/0/then/task/deadlineMinutes").asInt()).isEqualTo(30);

        var refused = api.put(path, "{\"rules\": [{\"then\": {\"popUp\": \"SOON\", \"log\": 1}}]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors")).hasSize(2);
        assertThat(api.get(path).json()).as("nothing was changed").isEqualTo(set.json());
    }

    @Test
    void anotherCompanysConnectionDoesNotExist() {
        var api = new Api(port);
        var id = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Mine", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """).json().path("id").asLong();
        jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                        + " VALUES (2, 'Other', 'RU', 'Asia/Omsk', 'ru', 0) ON CONFLICT (id) DO NOTHING")
                .update();
        var other = new Api(
                port, tokens.issue(new CompanyId(2), "Other", Optional.empty()).secret());

        assertThat(other.get("/api/v1/connections/" + id + "/rules").status()).isEqualTo(404);
        assertThat(other.put("/api/v1/connections/" + id + "/rules", "{}").status())
                .isEqualTo(404);
    }
}
