package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.ApiTokens;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Journal;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

@RunningHub
class RulesApiTest {

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Journal journal;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionOperations transactions;

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
    void aRuleThatTheConnectorCannotObeyIsRefusedByName() {
        var api = new Api(port);
        var parrot = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Stubborn", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """).json().path("id").asLong();
        var path = "/api/v1/connections/" + parrot + "/rules";

        var refused =
                api.put(path, "{\"rules\": [{\"then\": {\"log\": true}}, {\"then\": {\"newClient\": \"lead\"}}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("rules[1].then.newClient");
        assertThat(refused.json().at("/errors/0/message").asString()).contains("Parrot CRM");
        for (var word : List.of("usual", "none")) {
            assertThat(api.put(path, "{\"rules\": [{\"then\": {\"newClient\": \"" + word + "\"}}]}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRuleMayNameOnlyWhatTheConnectorMakes() {
        var api = new Api(port);
        var amo = api.post("/api/v1/connections", """
            {"connector": "amocrm", "title": "Amo", "settings": {"subdomain": "romashka", "longLivedToken": "t-1"}}\
            """).json().path("id").asLong();
        var path = "/api/v1/connections/" + amo + "/rules";

        assertThat(api.put(path, "{\"rules\": [{\"then\": {\"newClient\": \"lead\"}}]}")
                        .status())
                .isEqualTo(200);
        var refused = api.put(path, "{\"rules\": [{\"then\": {\"newClient\": \"unsorted\"}}]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/message").asString()).contains("amoCRM", "contact, lead");
    }

    @Test
    void aCallIsPreviewedByTheSavedRulesAndByOthers() {
        var api = new Api(port);
        var crm = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Preview", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """).json().path("id").asLong();
        var facts = new ToldCall(
                        crm, UUID.randomUUID().toString(), Instant.now().minusSeconds(300))
                .from("+79000001234")
                .leg("201", 0, -1, 20)
                .facts();
        var call = transactions
                .execute(status -> journal.join(new CompanyId(1), facts))
                .getFirst()
                .id();
        var path = "/api/v1/calls/" + call + "/preview";

        var saved = of(crm, api.post(path, "{}"));
        var tried = of(
                crm,
                api.post(
                        path, "{\"connection\": " + crm + ", \"rules\": {\"rules\": [{\"then\": {\"log\": false}}]}}"));

        assertThat(saved.at("/steps")
                        .valueStream()
                        .map(step -> step.path("operation").asString()))
                .containsExactly("create-client", "log-call");
        assertThat(saved.at("/rules/rules")).isEmpty();
        assertThat(tried.path("steps")).isEmpty();
        assertThat(tried.at("/rules/rules/0/then/log").asBoolean(true)).isFalse();
        assertThat(ledger.of(call)).isEmpty();
        assertThat(api.get("/api/v1/connections/" + crm + "/rules").json().path("rules"))
                .isEmpty();
        for (var wrong : List.of(
                "{\"rules\": {}}",
                "{\"connection\": " + crm + "}",
                "{\"afresh\": 1}",
                "{\"sooner\": true}",
                "[]",
                "{\"connection\": 999999, \"rules\": {}}",
                "{\"connection\": " + crm + ", \"rules\": {\"rules\": [{\"then\": {\"popUp\": \"SOON\"}}]}}")) {
            assertThat(api.post(path, wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private static JsonNode of(long connection, Api.Answer preview) {
        assertThat(preview.status()).isEqualTo(200);
        return preview.json()
                .path("connections")
                .valueStream()
                .filter(one -> one.path("connection").asLong() == connection)
                .findFirst()
                .orElseThrow();
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
                port,
                tokens.issue(new CompanyId(2), "Other", Role.ADMIN, Set.of(), Optional.empty())
                        .secret());

        assertThat(other.get("/api/v1/connections/" + id + "/rules").status()).isEqualTo(404);
        assertThat(other.put("/api/v1/connections/" + id + "/rules", "{}").status())
                .isEqualTo(404);
    }
}
