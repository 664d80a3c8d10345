package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.access.ApiTokens;
import io.patchbay.access.Role;
import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectKind;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Journal;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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

/** The owner of company B asks for everything of company A, by every operation of the OpenAPI document. */
@RunningHub
class OtherCompanyTest {

    private static final CompanyId A = new CompanyId(1);
    private static final CompanyId B = new CompanyId(77);
    private static final Instant NOON = Instant.parse("2026-11-20T09:00:00Z");

    /** Stands in every name of company A, so that a leak is seen in whatever answer. */
    private static final String MARK = "Zanzibar";

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    Journal journal;

    @Autowired
    Ledger ledger;

    @Autowired
    Runs runs;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcClient jdbc;

    private Api a;
    private Api b;
    private long connection;
    private long employee;

    /** By the first word of a path: what company A has there. A new kind of thing must be added here, or the test says so. */
    private final Map<String, String> ids = new LinkedHashMap<>();

    @BeforeEach
    void fill() {
        jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                        + " VALUES (77, 'B', 'RU', 'Asia/Omsk', 'ru', 0) ON CONFLICT (id) DO NOTHING")
                .update();
        a = new Api(
                port,
                tokens.issue(A, "A", Role.OWNER, Set.of(), Optional.empty()).secret());
        b = new Api(
                port,
                tokens.issue(B, "B", Role.OWNER, Set.of(), Optional.empty()).secret());
        connection = a.post(
                        "/api/v1/connections",
                        "{\"connector\": \"parrot\", \"title\": \"" + MARK
                                + "\", \"settings\": {\"token\": \"squawk\"}}")
                .json()
                .path("id")
                .asLong();
        var call = transactions.execute(status -> journal.join(
                        A,
                        new ToldCall(connection, UUID.randomUUID().toString(), NOON)
                                .from("+79000000001")
                                .leg(MARK, 0, 5, 65)
                                .facts())
                .getFirst()
                .id());
        park(call);
        employee = a.put("/api/v1/employees", "{\"items\": [{\"name\": \"" + MARK + "\"}]}")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(MARK))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
        var invited = "{\"login\": \"z@example.org\", \"name\": \"" + MARK + "\", \"role\": \"employee\"}";
        ids.put("calls", call.toString());
        ids.put("connections", Long.toString(connection));
        ids.put("tokens", id(a.post("/api/v1/tokens", "{\"title\": \"" + MARK + "\"}")));
        ids.put("invitations", id(a.post("/api/v1/invitations", invited)));
        ids.put("users", id(user()));
        ids.put("persons", id(a.post("/api/v1/persons/erase", "{\"number\": \"+79000000099\"}")));
        ids.put(
                "clients",
                id(a.post("/api/v1/clients", "{\"name\": \"" + MARK + "\", \"numbers\": [\"+79000000001\"]}")));
        ids.put("runs", stoppedRun());
    }

    @Test
    void findsNothingAndCannotTellWhetherThereIsAnything() {
        var before = everything(a);
        for (var operation : Operations.of(port)) {
            var kind = operation.path().split("/")[1];
            if (!operation.hasId() || kind.equals("connectors")) { // connectors belong to the hub, not to a company
                assertThat(operation.send(b, "").raw().body())
                        .as("%s", operation)
                        .doesNotContain(MARK, "+79000000001");
                continue;
            }
            assertThat(ids).as("an id of company A to ask %s for", operation).containsKey(kind);
            var own = ids.get(kind);
            var answer = operation.send(b, own);
            var nobodys = operation.send(b, own + "999");
            assertThat(answer.status()).as("%s", operation).isEqualTo(404);
            assertThat(answer.raw().body())
                    .as("%s tells as much about another company's as about what never was", operation)
                    .isEqualTo(nobodys.raw().body().replace(own + "999", own));
        }

        assertThat(everything(a)).as("what company A has").isEqualTo(before);
    }

    @Test
    void cannotNameThingsOfTheOtherInsideARequest() {
        for (var answer : new Api.Answer[] {
            b.get("/api/v1/calls?employee=" + employee),
            b.post("/api/v1/replays", "{\"connection\": " + connection + ", \"parked\": true}"),
            b.post("/api/v1/replays", "{\"call\": \"" + ids.get("calls") + "\"}"),
            b.post("/api/v1/catch-ups", "{\"connection\": " + connection + ", \"from\": \"2026-11-01\"}"),
            b.post("/api/v1/clients", "{\"numbers\": [\"+79000000009\"], \"owner\": " + employee + "}"),
            b.put("/api/v1/clients/policy", "{\"conflict\": \"MASTER\", \"master\": " + connection + "}"),
            b.post("/api/v1/clients/sync", "{\"connection\": " + connection + "}"),
            b.put("/api/v1/employees", "{\"items\": [{\"id\": " + employee + ", \"name\": \"Mine\"}]}"),
            b.put("/api/v1/employees", "{\"items\": [{\"name\": \"X\", \"ids\": {\"" + connection + "\": \"201\"}}]}"),
            b.post(
                    "/api/v1/invitations",
                    "{\"login\": \"x@example.org\", \"name\": \"X\", \"role\": \"employee\", \"employee\": " + employee
                            + "}")
        }) {
            assertThat(answer.status()).as(answer.raw().toString()).isEqualTo(400);
        }
    }

    /** Every list of company A, which no request of company B may have changed. */
    private Map<String, String> everything(Api api) {
        var told = new LinkedHashMap<String, String>();
        for (var operation : Operations.of(port)) {
            // the audit log grows by what is asked, a token notes its use, and the hub itself looks after connections
            if (operation.method().equals("GET")
                    && !operation.hasId()
                    && !operation.path().startsWith("/audit")) {
                told.put(
                        operation.path(),
                        operation
                                .send(api, "")
                                .raw()
                                .body()
                                .replaceAll("\"(lastUsedAt|changedAt)\":(null|\"[^\"]*\")", "")
                                .replaceAll("\"health\":\\{[^}]*}", ""));
            }
        }
        assertThat(String.join(" ", told.values())).contains(MARK);
        return told;
    }

    private void park(CallId call) {
        ledger.put(Effect.due(A, call, connection, EffectKind.LOG_CALL, "", Optional.empty(), NOON)
                .started(NOON)
                .failed(Fault.REFUSED, MARK, Optional.empty(), NOON));
    }

    /** It stands still while the test compares what was with what is. */
    private String stoppedRun() {
        var run = runs.preview(A, "replay", Scope.COMPANY.of(connection), MARK);
        runs.cancel(A, run.id());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> runs.find(A, run.id()).orElseThrow().state().isOver());
        return Long.toString(run.id());
    }

    private Api.Answer user() {
        jdbc.sql("INSERT INTO app_user (company_id, login, name, role, password_hash, created_at)"
                        + " VALUES (1, :login, '" + MARK + "', 'EMPLOYEE', '', 0)")
                .param("login", UUID.randomUUID().toString())
                .update();
        var users = a.get("/api/v1/users").json().path("items");
        return a.patch("/api/v1/users/" + users.get(users.size() - 1).path("id").asLong(), "{}");
    }

    private static String id(Api.Answer made) {
        assertThat(made.status()).isBetween(200, 201);
        return Long.toString(made.json().path("id").asLong());
    }
}
