package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Journal;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** The REST API over real HTTP, with the real stores behind it. */
@RunningHub
class RestTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final Instant NOON = Instant.parse("2026-11-20T09:00:00Z"); // 12:00 in Moscow

    @LocalServerPort
    int port;

    @Autowired
    Journal journal;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionOperations transactions;

    private Api api;
    private Api stranger;

    @BeforeEach
    void clients() {
        api = new Api(port);
        stranger = new Api(port, "");
    }

    @Test
    void letsNobodyInWithoutAToken() {
        for (var operation : Operations.of(port)) {
            var answers = List.of(operation.send(stranger, "1"), operation.send(new Api(port, "wrong-token"), "1"));
            for (var answer : answers) {
                assertThat(answer.status()).as("%s", operation).isEqualTo(401);
                assertThat(answer.contentType()).startsWith("application/problem+json");
                assertThat(answer.json().path("detail").asString()).contains("Authorization: Bearer");
                assertThat(answer.raw().headers().firstValue("WWW-Authenticate"))
                        .isPresent();
                assertThat(answer.raw().headers().firstValue("Set-Cookie")).isEmpty();
            }
        }
    }

    @Test
    void connectsASystemAndNeverTellsItsSecrets() {
        var made = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "Polly", "settings": {"subdomain": "romashka", "token": "squawk-squawk"}}\
            """);
        var id = made.json().path("id").asLong();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.raw().headers().firstValue("Location")).contains("/api/v1/connections/" + id);
        assertThat(made.json().path("hookUrl").asString()).matches("http.*/hooks/[\\w-]{43}");
        assertThat(made.json().at("/settings/subdomain").asString()).isEqualTo("romashka");
        assertThat(made.json().at("/secrets/0").asString()).isEqualTo("token");
        assertThat(made.json().at("/health/colour").asString()).isEqualTo("AMBER");
        assertThat(made.json().path("createdAt").asString()).endsWith("+03:00");
        assertThat(made.raw().body()).doesNotContain("squawk");

        var changed = api.patch("/api/v1/connections/" + id, "{\"title\": \"Lora\", \"enabled\": false}");
        assertThat(changed.json().path("title").asString()).isEqualTo("Lora");
        assertThat(changed.json().path("enabled").asBoolean()).isFalse();
        assertThat(changed.json().path("hookUrl")).isEqualTo(made.json().path("hookUrl"));
        assertThat(changed.json().at("/secrets/0").asString()).isEqualTo("token");
        assertThat(api.patch("/api/v1/connections/" + id, "{\"enabled\": true}")
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();

        assertThat(api.delete("/api/v1/connections/" + id).status()).isEqualTo(204);
        assertThat(api.get("/api/v1/connections/" + id).status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/connections/" + id).status()).isEqualTo(404);
    }

    @Test
    void tellsAllMistakesOfAFormAtOnce() {
        var answer = api.post("/api/v1/connections", """
            {"connector": "parrot", "settings": {"subdomain": "Not A Name", "colour": "green"}}\
            """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(fields(answer.json()))
                .containsExactlyInAnyOrder("title", "settings.subdomain", "settings.colour", "settings.token");
        assertThat(api.post("/api/v1/connections", "{\"connector\": \"dodo\", \"title\": \"Dodo\"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("connector");
    }

    @Test
    void answersACheckThatFailsWithTheReason() {
        var id = connect("Unreachable").path("id").asLong();

        var checked = api.post("/api/v1/connections/" + id + "/check", "");

        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.json().path("ok").asBoolean()).isFalse();
        assertThat(checked.json().path("fault").asString()).isNotEmpty();
        assertThat(checked.json().path("message").asString()).isNotEmpty();
    }

    @Test
    void readsACallWithAllItsMembers() {
        var pbx = connect("PBX of one call").path("id").asLong();
        var id = told(new ToldCall(pbx, UUID.randomUUID().toString(), NOON)
                .from("89000001234")
                .leg("201", 0, -1, 12)
                .leg("202", 12, 15, 80));
        var failed = ledger.put(Effect.due(COMPANY, id, pbx, EffectKind.LOG_CALL, "", Optional.empty(), NOON)
                        .started(NOON)
                        .failed(Fault.BUSY, "Too many requests", Optional.of(NOON.plusSeconds(600)), NOON))
                .orElseThrow();

        var call = api.get("/api/v1/calls/" + id).json();

        assertThat(call.path("id").asString()).isEqualTo(id.toString());
        assertThat(call.path("direction").asString()).isEqualTo("INBOUND");
        assertThat(call.path("clientNumber").asString()).isEqualTo("+79000001234");
        assertThat(call.path("clientNumberKind").asString()).isEqualTo("PHONE");
        assertThat(call.path("line").asString()).isEqualTo("+74950000100");
        assertThat(call.path("startedAt").asString()).isEqualTo("2026-11-20T12:00:00+03:00");
        assertThat(call.path("answeredAt").asString()).isEqualTo("2026-11-20T12:00:15+03:00");
        assertThat(call.path("endedAt").asString()).isEqualTo("2026-11-20T12:01:20+03:00");
        assertThat(call.path("talkSeconds").asInt()).isEqualTo(65);
        assertThat(call.path("waitSeconds").asInt()).isEqualTo(15);
        assertThat(call.path("result").asString()).isEqualTo("ANSWERED");
        assertThat(call.at("/responsible/seat").asString()).isEqualTo("202");
        assertThat(call.path("legs").size()).isEqualTo(2);
        assertThat(call.at("/legs/1/employee/seat").asString()).isEqualTo("202");
        assertThat(call.has("recordings")).isTrue();
        assertThat(call.at("/effects/0/connection").asLong()).isEqualTo(pbx);
        assertThat(call.at("/effects/0/kind").asString()).isEqualTo("log-call");
        assertThat(call.at("/effects/0/state").asString())
                .isEqualTo(failed.state().name());
        assertThat(call.at("/effects/0/attempts").asInt()).isEqualTo(1);
        assertThat(call.at("/effects/0/lastError").asString()).isEqualTo("Too many requests");
        assertThat(call.at("/effects/0/nextAttemptAt").asString()).isEqualTo("2026-11-20T12:10:00+03:00");
        assertThat(call.at("/effects/0").has("externalId")).isTrue();
        assertThat(call.at("/effects/0").has("url")).isTrue();
        assertThat(api.post("/api/v1/calls/" + id + "/replay", "").status()).isEqualTo(202);
        assertThat(api.get("/api/v1/calls/c-999999").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/calls/nonsense").status()).isEqualTo(404);
    }

    @Test
    void pagesThroughCallsWithoutLossOrRepetition() {
        var pbx = connect("PBX of many calls").path("id").asLong();
        var number = "+79005550001";
        var made = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            made.addFirst(told(new ToldCall(pbx, UUID.randomUUID().toString(), NOON.plusSeconds(i / 2 * 60))
                            .from(number)
                            .leg("201", 0, 5, 65))
                    .toString());
        }

        var read = new ArrayList<String>();
        var path = "/api/v1/calls?limit=3&number=8%20900%20555-00-01";
        for (var cursor = ""; cursor != null; ) {
            var page = api.get(path + cursor).json();
            page.path("items").forEach(item -> read.add(item.path("id").asString()));
            cursor = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").asString();
        }

        assertThat(read).isEqualTo(made);
    }

    @Test
    void filtersCalls() {
        var pbx = connect("PBX of filters").path("id").asLong();
        var day = Instant.parse("2026-03-05T21:30:00Z"); // the 6th in Moscow
        var missed = told(new ToldCall(pbx, UUID.randomUUID().toString(), day)
                .from("+79005550002")
                .leg("f-201", 0, -1, 20));
        var out = told(new ToldCall(pbx, UUID.randomUUID().toString(), day.plusSeconds(60))
                .to("+79005550002")
                .leg("f-202", 0, 5, 20));
        var employee = api.put("/api/v1/employees", """
            {"items": [{"name": "Filter Anna", "ids": {"%d": "f-201"}}]}\
            """.formatted(pbx))
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals("Filter Anna"))
                .findFirst()
                .orElseThrow();

        assertThat(ids("?from=2026-03-06&to=2026-03-07&result=MISSED")).containsExactly(missed.toString());
        assertThat(ids("?from=2026-03-06T00:00:00+03:00&to=2026-03-07&direction=OUTBOUND"))
                .containsExactly(out.toString());
        assertThat(ids("?to=2026-03-06&from=2026-03-05")).isEmpty();
        assertThat(ids("?employee=" + employee.path("id").asLong())).containsExactly(missed.toString());
        assertThat(api.get("/api/v1/calls/" + missed)
                        .json()
                        .at("/responsible/name")
                        .asString())
                .isEqualTo("Filter Anna");
    }

    @Test
    void tellsAllWrongParametersAtOnce() {
        var answer = api.get("/api/v1/calls?from=yesterday&direction=UP&result=GOOD&employee=0&number=12&limit=501");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(fields(answer.json()))
                .containsExactlyInAnyOrder("from", "direction", "result", "employee", "number", "limit");
        assertThat(fields(api.get("/api/v1/calls?cursor=nonsense").json())).containsExactly("cursor");
        assertThat(fields(api.get("/api/v1/effects?cursor=x&state=DONE&limit=0").json()))
                .containsExactlyInAnyOrder("cursor", "state", "limit");
    }

    @Test
    void savesEmployeesAllOrNothing() {
        var pbx = connect("PBX of employees").path("id").asLong();
        var saved = api.put("/api/v1/employees", """
            {"items": [{"name": "Save Anna", "extension": "3101", "email": "anna@example.org", "ids": {"%d": "s-1"}},
                       {"name": "Save Boris", "active": false}]}\
            """.formatted(pbx));
        var anna = employee(saved.json(), "Save Anna");

        assertThat(anna.path("extension").asString()).isEqualTo("3101");
        assertThat(anna.at("/ids/" + pbx).asString()).isEqualTo("s-1");
        assertThat(employee(saved.json(), "Save Boris").path("active").asBoolean())
                .isFalse();

        var wrong = api.put("/api/v1/employees", """
            {"items": [{"id": %d, "name": "Renamed"}, {"id": 999999, "name": " ", "extension": "x", "email": "%s", "ids": {"0": "1"}}]}\
            """.formatted(anna.path("id").asLong(), "e".repeat(201)));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(fields(wrong.json()))
                .containsExactlyInAnyOrder(
                        "items[1].id", "items[1].name", "items[1].extension", "items[1].email", "items[1].ids.0");
        assertThat(employee(api.get("/api/v1/employees").json(), "Save Anna")).isEqualTo(anna);

        var untied = api.put("/api/v1/employees", """
            {"items": [{"id": %d, "name": "Save Anna", "ids": {"%d": null}}]}\
            """.formatted(anna.path("id").asLong(), pbx));
        assertThat(employee(untied.json(), "Save Anna").path("ids").size()).isZero();
    }

    @Test
    void listsParkedEffectsInPages() {
        var pbx = connect("CRM of parked effects").path("id").asLong();
        var calls = new ArrayList<CallId>();
        for (var i = 0; i < 3; i++) {
            calls.add(told(new ToldCall(pbx, UUID.randomUUID().toString(), NOON)
                    .from("89000001234")
                    .leg("201", 0, 5, 65)));
            ledger.put(Effect.due(COMPANY, calls.getLast(), pbx, EffectKind.LOG_CALL, "", Optional.empty(), NOON)
                    .started(NOON)
                    .failed(Fault.REFUSED, "No such user", Optional.empty(), NOON));
        }

        var first = api.get("/api/v1/effects?state=PARKED&limit=2").json();
        var second = api.get("/api/v1/effects?state=PARKED&limit=2&cursor="
                        + first.path("next").asString())
                .json();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(first.at("/items/0/call").asString())
                .isEqualTo(calls.getLast().toString());
        assertThat(first.at("/items/0/lastError").asString()).isEqualTo("No such user");
        assertThat(second.at("/items/0/call").asString())
                .isEqualTo(calls.getFirst().toString());
    }

    @Test
    void makesShowsAndRevokesTokens() {
        var made = api.post("/api/v1/tokens", "{\"title\": \"Reports\", \"expiresAt\": \"2036-01-01T00:00:00+03:00\"}");
        var secret = made.json().path("token").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(new Api(port, secret).get("/api/v1/calls").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/tokens").raw().body()).contains("Reports").doesNotContain(secret);
        assertThat(api.delete("/api/v1/tokens/" + made.json().path("id").asLong())
                        .status())
                .isEqualTo(204);
        assertThat(new Api(port, secret).get("/api/v1/calls").status()).isEqualTo(401);
        assertThat(fields(api.post("/api/v1/tokens", "{\"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                        .json()))
                .containsExactlyInAnyOrder("title", "expiresAt");
    }

    @Test
    void refusesWhatIsNoJsonOfTheRightForm() {
        var text = api.send(api.request("/api/v1/connections")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello")));
        var broken = api.post("/api/v1/connections", "{\"connector\":");
        var wrongType = api.put("/api/v1/employees", "{\"items\": [{\"name\": \"A\", \"active\": \"maybe\"}]}");
        var large = api.post("/api/v1/tokens", "{\"title\": \"" + "x".repeat(1_000_001) + "\"}");

        assertThat(text.status()).isEqualTo(415);
        assertThat(broken.status()).isEqualTo(400);
        assertThat(wrongType.status()).isEqualTo(400);
        assertThat(fields(wrongType.json())).containsExactly("items[0].active");
        assertThat(large.status()).isEqualTo(413);
        assertThat(api.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/calls").status()).isEqualTo(405);
        for (var answer :
                List.of(text, broken, wrongType, large, api.get("/api/v1/nothing"), api.delete("/api/v1/calls"))) {
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        }
    }

    @Test
    void describesItselfAsOpenApi() {
        var document = stranger.get("/api/v1/openapi.json");
        var api = document.json();

        assertThat(document.status()).isEqualTo(200);
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.at("/components/schemas/CallDetails/properties").propertyNames())
                .contains(
                        "direction",
                        "clientNumber",
                        "line",
                        "startedAt",
                        "answeredAt",
                        "endedAt",
                        "talkSeconds",
                        "waitSeconds",
                        "result",
                        "responsible",
                        "legs",
                        "recordings",
                        "effects");
        assertThat(api.path("paths").propertyNames())
                .contains(
                        "/api/v1/connectors",
                        "/api/v1/connections",
                        "/api/v1/connections/{id}",
                        "/api/v1/connections/{id}/check",
                        "/api/v1/employees",
                        "/api/v1/calls",
                        "/api/v1/calls/{id}",
                        "/api/v1/calls/{id}/replay",
                        "/api/v1/effects",
                        "/api/v1/tokens");
        for (var path : api.path("paths")) {
            for (var operation : path) {
                assertThat(operation.path("summary").asString(""))
                        .as("%s", operation)
                        .isNotEmpty();
                assertThat(operation.at("/responses/401/content").propertyNames())
                        .contains("application/problem+json");
            }
        }
        assertThat(api.at("/components/schemas").propertyNames())
                .contains("Problem", "FieldProblem", "Connection", "Call");
        assertThat(document.raw().body()).doesNotContain("\"caller\"", "\"locale\"");
    }

    @Test
    void listsConnectorsInTheAskedLanguage() {
        var russian = api.send(api.request("/api/v1/connectors/parrot")
                .header("Accept-Language", "ru")
                .GET());

        assertThat(russian.json().path("kind").asString()).isEqualTo("crm");
        assertThat(russian.json()
                        .path("settings")
                        .valueStream()
                        .map(s -> s.path("name").asString()))
                .contains("subdomain", "token");
        assertThat(russian.json().at("/settings/0/label").asString()).matches(".*[а-яА-Я].*");
        var all = api.get("/api/v1/connectors").json();
        assertThat(all.path("items").size()).isGreaterThanOrEqualTo(1);
        assertThat(all.path("items").get(0).path("grade").path("todo").isObject())
                .isTrue();
        assertThat(all.path("setAside").isArray()).isTrue();
        assertThat(api.get("/api/v1/connectors/dodo").status()).isEqualTo(404);
    }

    private JsonNode connect(String title) {
        var made = api.post("/api/v1/connections", """
            {"connector": "parrot", "title": "%s", "settings": {"token": "squawk"}}\
            """.formatted(title));
        assertThat(made.status()).isEqualTo(201);
        return made.json();
    }

    private CallId told(ToldCall call) {
        return transactions.execute(
                status -> journal.join(COMPANY, call.facts()).getFirst().id());
    }

    private List<String> ids(String query) {
        return api.get("/api/v1/calls" + query)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static JsonNode employee(JsonNode page, String name) {
        return page.path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> fields(JsonNode problem) {
        return problem.path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }
}
