package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.ApiTokens;
import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.journal.Journal;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** Every operation of the OpenAPI document that is no mere question stands in the audit log afterwards. */
@RunningHub
class AuditOfTheApiTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    /** What changes nothing although it is sent with POST, and why. */
    private static final Map<String, String> CHANGE_NOTHING = Map.of(
            "POST /calls/{id}/preview", "tells what would be done, stores nothing and asks nobody",
            "POST /connections/{id}/fields/preview", "tells what fields an example would get");

    /** What is told by the same line of code as another operation of the table. */
    private static final Map<String, String> TOLD_AS = Map.of(
            "POST /catch-ups", "POST /replays: no PBX of these tests has a history",
            "POST /clients/sync", "POST /replays: no system of these tests lists its clients",
            "POST /clients/{id}/answers", "PUT /clients/{id}: no system of these tests tells of clients",
            "POST /clients/import", "POST of a table, here and in the console's form");

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    Journal journal;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transactions;

    private Api api;
    private long token;
    private final Map<String, Written> table = new LinkedHashMap<>();

    /** @param action that the log must tell afterwards */
    private record Written(String id, String body, String action) {}

    @BeforeEach
    void fill() {
        var issued = tokens.issue(COMPANY, "Audited", Role.OWNER, Set.of(), Optional.empty());
        token = issued.token().id();
        api = new Api(port, issued.secret());
        var parrot = "{\"connector\": \"parrot\", \"title\": \"Parrot\", \"settings\": {\"token\": \"squawk-secret\"}}";
        var login = UUID.randomUUID() + "@example.org";
        var invited = "{\"login\": \"" + login + "\", \"name\": \"Z\", \"role\": \"employee\"}";
        var connection = id(api.post("/api/v1/connections", parrot));
        var gone = id(api.post("/api/v1/connections", parrot));
        var call = transactions.execute(status -> journal.join(
                        COMPANY,
                        new ToldCall(
                                        Long.parseLong(connection),
                                        UUID.randomUUID().toString(),
                                        Instant.now())
                                .from("+79000000001")
                                .leg("seat", 0, 5, 65)
                                .facts())
                .getFirst()
                .id()
                .toString());

        table.put("POST /connections", new Written("", parrot, "connection-added"));
        table.put(
                "PATCH /connections/{id}",
                new Written(
                        connection,
                        "{\"title\": \"Renamed\", \"settings\": {\"token\": \"new-squawk-secret\"}}",
                        "connection-changed"));
        table.put("DELETE /connections/{id}", new Written(gone, "", "connection-removed"));
        table.put("POST /connections/{id}/check", new Written(connection, "", "connection-checked"));
        table.put("PUT /connections/{id}/rules", new Written(connection, "{\"rules\": []}", "rules-set"));
        table.put("POST /connections/{id}/hook-secret", new Written(connection, "{}", "hook-address-changed"));
        table.put("DELETE /connections/{id}/hook-secret/former", new Written(connection, "", "hook-addresses-ended"));
        table.put("PUT /connections/{id}/fields", new Written(connection, "{\"fields\": []}", "fields-set"));
        var client = "{\"name\": \"K\", \"numbers\": [\"+79000000555\"]}";
        table.put("POST /clients", new Written("", client, "client-added"));
        table.put("PUT /clients/{id}", new Written(id(api.post("/api/v1/clients", client)), client, "client-changed"));
        table.put("PUT /clients/policy", new Written("", "{\"conflict\": \"ASK\"}", "client-policy-set"));
        table.put("POST /replays", new Written("", "{\"from\": \"2026-11-01\"}", "run-begun"));
        table.put(
                "PUT /connections/{id}/hook-senders",
                new Written(connection, "{\"senders\": [\"192.0.2.0/24\"]}", "hook-senders-set"));
        var person = "{\"number\": \"+79000000077\"}";
        table.put("POST /persons/preview", new Written("", person, "person-seen"));
        table.put("POST /persons/export", new Written("", person, "person-exported"));
        table.put("POST /persons/erase", new Written("", person, "person-erased"));
        table.put("PUT /retention", new Written("", "{\"days\": {\"alerts\": 40}}", "retention-set"));
        table.put("POST /runs/{id}/start", new Written(previewedRun(), "", "run-started"));
        table.put("POST /runs/{id}/cancel", new Written(previewedRun(), "", "run-cancelled"));
        table.put("PUT /employees", new Written("", "{\"items\": [{\"name\": \"Vera\"}]}", "employee-added"));
        table.put("POST /tokens", new Written("", "{\"title\": \"Made\"}", "token-made"));
        table.put(
                "DELETE /tokens/{id}",
                new Written(id(api.post("/api/v1/tokens", "{\"title\": \"Gone\"}")), "", "token-revoked"));
        table.put(
                "PATCH /users/{id}",
                new Written(
                        Long.toString(people.user(COMPANY, Role.EMPLOYEE).id()),
                        "{\"role\": \"supervisor\"}",
                        "user-changed"));
        table.put("POST /invitations", new Written("", invited, "invited"));
        table.put(
                "DELETE /invitations/{id}",
                new Written(id(api.post("/api/v1/invitations", invited)), "", "invitation-withdrawn"));
        table.put(
                "PUT /watch",
                new Written(
                        "",
                        "{\"days\": [\"MONDAY\"], \"opens\": \"09:00\", \"closes\": \"18:00\", \"silenceMinutes\": 15}",
                        "hours-set"));
        table.put("POST /calls/{id}/replay", new Written(call, "", "call-replayed"));
    }

    /** One that nobody works on until it is started. */
    private String previewedRun() {
        return jdbc.sql("""
            INSERT INTO run (company_id, kind, about, begun_by, state, cancelled, done, tally, would, bookmark, why, report,
              failures, next_at, lease_until, created_at)
            VALUES (1, 'replay', '{}', 'Anna', 'PREVIEWED', :no, 0, '[]', '[]', '', '', '', 0, 0, 0, 0) RETURNING id\
            """).param("no", false).query(String.class).single();
    }

    @Test
    void tellsOfEveryChangeByWhomAndFromWhere() {
        for (var operation : Operations.of(port)) {
            if (operation.method().equals("GET")
                    || CHANGE_NOTHING.containsKey(operation.toString())
                    || TOLD_AS.containsKey(operation.toString())) {
                continue;
            }
            assertThat(table)
                    .as("how %s is sent, and what the audit log tells of it then", operation)
                    .containsKey(operation.toString());
            var written = table.get(operation.toString());
            var before = newest();
            var answer = api.send(api.request("/api/v1" + operation.path().replaceAll("\\{[^}]+}", written.id()))
                    .header("Content-Type", "application/json")
                    .method(operation.method(), java.net.http.HttpRequest.BodyPublishers.ofString(written.body())));

            assertThat(answer.status())
                    .as("%s: %s", operation, answer.raw().body())
                    .isBetween(200, 299);
            assertThat(since(before)).as("%s", operation).anySatisfy(entry -> {
                assertThat(entry.path("action").asString()).isEqualTo(written.action());
                assertThat(entry.path("actor").asString()).isEqualTo("token-" + token);
                assertThat(entry.path("actorName").asString()).isEqualTo("Audited");
                assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
            });
        }

        var log = api.get("/api/v1/audit?limit=500").raw().body();
        assertThat(log).doesNotContain("squawk-secret", "+79000000001", "9000000001");
        assertThat(api.get("/api/v1/audit/verify").json().path("whole").asBoolean())
                .isTrue();
    }

    @Test
    void tellsFromWhatToWhatAndOfASecretThatItChanged() {
        var change = table.get("PATCH /connections/{id}");
        api.patch("/api/v1/connections/" + change.id(), change.body());

        var entry = api.get("/api/v1/audit?action=connection-changed&subject=connection-" + change.id())
                .json()
                .path("items")
                .get(0);
        assertThat(entry.path("subjectName").asString()).isEqualTo("Parrot");
        assertThat(entry.path("changes").toString())
                .isEqualTo("[{\"what\":\"title\",\"from\":\"Parrot\",\"to\":\"Renamed\",\"secret\":false},"
                        + "{\"what\":\"token\",\"from\":\"\",\"to\":\"\",\"secret\":true}]");
    }

    @Test
    void tellsNothingOfWhatWasRefused() {
        var before = newest();
        assertThat(api.post("/api/v1/connections", "{\"connector\": \"parrot\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.delete("/api/v1/tokens/999999").status()).isEqualTo(404);
        assertThat(since(before)).isEmpty();
    }

    @Test
    void isReadPageByPageAndByWhatIsLookedFor() {
        for (var i = 0; i < 3; i++) {
            api.post("/api/v1/tokens", "{\"title\": \"Paged\"}");
        }
        var query = "/api/v1/audit?action=token-made&actor=token-" + token + "&limit=2";
        var first = api.get(query).json();
        var second = api.get(query + "&cursor=" + first.path("next").asString()).json();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").get(0).path("number").asLong())
                .isLessThan(first.path("items").get(1).path("number").asLong());
        assertThat(api.get("/api/v1/audit?from=2099-01-01").json().path("items").size())
                .isZero();
        assertThat(api.get("/api/v1/audit?action=nonsense&from=soon&limit=0")
                        .json()
                        .path("errors")
                        .valueStream()
                        .map(problem -> problem.path("field").asString()))
                .containsExactlyInAnyOrder("action", "from", "limit");
    }

    private long newest() {
        return api.get("/api/v1/audit?limit=1")
                .json()
                .path("items")
                .get(0)
                .path("number")
                .asLong();
    }

    private List<JsonNode> since(long number) {
        var entries = new ArrayList<JsonNode>();
        api.get("/api/v1/audit?actor=token-" + token).json().path("items").forEach(entry -> {
            if (entry.path("number").asLong() > number) {
                entries.add(entry);
            }
        });
        return entries;
    }

    private static String id(Api.Answer made) {
        assertThat(made.status()).isBetween(200, 201);
        return Long.toString(made.json().path("id").asLong());
    }
}
