package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Invitations;
import io.patchbay.access.Role;
import io.patchbay.access.User;
import io.patchbay.audit.AuditEntry;
import io.patchbay.audit.AuditLog;
import io.patchbay.audit.AuditQuery;
import io.patchbay.audit.Verification;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientDirectory.Written;
import io.patchbay.directory.Employees;
import io.patchbay.journal.Journal;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every form of the console that changes something stands in the audit log after it was sent; and who came in and out. */
@RunningHub
class AuditOfTheConsoleTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final CompanyId EMPTY = new CompanyId(79);
    private static final String SETUP = "a-secret-of-a-set-up-link-of-the-tests-0000";

    /** What changes nothing of the company, and why. */
    private static final Map<String, String> CHANGE_NOTHING =
            Map.of("/language", "a cookie of the visitor's own browser");

    /** What begins a run as another form of the table does. */
    private static final Map<String, String> TOLD_AS = Map.of(
            "/runs/catch-up", "/runs/replay: no PBX of these tests has a history",
            "/connections/{id:\\d+}/replay", "/runs/replay: no connection of these tests takes calls",
            "/clients/sync", "/runs/replay: no system of these tests lists its clients",
            "/clients/{id:\\d{1,18}}/answer", "/clients/{id:\\d{1,18}}: no system of these tests tells of clients");

    private static final String TABLE = "name,phones\nK,+79000000555\n";

    @Autowired
    ClientDirectory clients;

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    Invitations invitations;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    Employees employees;

    @Autowired
    Journal journal;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditLog log;

    @Autowired
    Verification verification;

    private User owner;
    private Visitor visitor;
    private final Map<String, Sent> table = new LinkedHashMap<>();

    /** @param action that the log must tell afterwards */
    private record Sent(String path, Map<String, String> fields, String action) {}

    @BeforeEach
    void fill() throws Exception {
        owner = people.user(COMPANY, Role.OWNER);
        visitor = new Visitor(port).signIn(owner.login());
        var parrot = setup.add(
                COMPANY, "parrot", "Parrot", Map.of("token", JsonNodeFactory.instance.stringNode("squawk-secret")));
        var connection = ((ConnectionSetup.Saved) parrot).connection().id();
        var employee = employees
                .add(COMPANY, "Vera", Optional.empty(), Optional.empty(), true)
                .id();
        var other = people.user(COMPANY, Role.EMPLOYEE).id();
        var call = transactions.execute(status -> journal.join(
                        COMPANY,
                        new ToldCall(connection.value(), UUID.randomUUID().toString(), Instant.now())
                                .from("+79000000001")
                                .leg("seat", 0, 5, 65)
                                .facts())
                .getFirst()
                .id());
        var invitation = invitations.invite(COMPANY, login(), "Z", Role.EMPLOYEE, Optional.empty());
        var used = invitations.invite(COMPANY, login(), "Z", Role.EMPLOYEE, Optional.empty());
        openSetup();

        var at = "/connections/" + connection;
        form(
                "/connections/new/{connector}",
                "/connections/new/parrot",
                "connection-added",
                Map.of("title", "New", "setting-token", "squawk-secret", "asked", "token"));
        form(
                "/connections/{id:\\d+}",
                at,
                "connection-changed",
                Map.of("title", "Renamed", "setting-token", "squawk-secret", "asked", "token"));
        form("/connections/{id:\\d+}/check", at + "/check", "connection-checked", Map.of());
        var written = Map.of("name", "K", "numbers", "+79000000555");
        form("/clients/new", "/clients/new", "client-added", written);
        form("/clients/{id:\\d{1,18}}", "/clients/" + client(), "client-changed", written);
        form("/clients/import", "/clients/import", "clients-imported", Map.of("table", TABLE, "write", "true"));
        form("/clients/policy", "/clients/policy", "client-policy-set", Map.of("conflict", "ASK"));
        form("/connections/{id:\\d{1,18}}/fields", at + "/fields", "fields-set", Map.of("save", "1"));
        form("/connections/{id:\\d+}/off", at + "/off", "connection-switched-off", Map.of());
        form("/connections/{id:\\d+}/on", at + "/on", "connection-switched-on", Map.of());
        form(
                "/connections/{id:\\d+}/hook-secret",
                at + "/hook-secret",
                "hook-address-changed",
                Map.of("overlap", "60"));
        form("/connections/{id:\\d+}/hook-secret/end", at + "/hook-secret/end", "hook-addresses-ended", Map.of());
        form(
                "/connections/{id:\\d+}/hook-senders",
                at + "/hook-senders",
                "hook-senders-set",
                Map.of("senders", "192.0.2.0/24"));
        var person = "+79000000077";
        form("/persons", "/persons", "person-seen", Map.of("number", person));
        form("/persons/export", "/persons/export", "person-exported", Map.of("number", person));
        form("/persons/erase", "/persons/erase", "person-erased", Map.of("number", person, "sure", "1"));
        form("/runs/replay", "/runs/replay", "run-begun", Map.of("from", "2026-11-01", "to", "2026-11-02"));
        form(
                "/connections/hours",
                "/connections/hours",
                "hours-set",
                Map.of("day", "MONDAY", "opens", "09:00", "closes", "18:00", "silence", "15"));
        form("/retention", "/retention", "retention-set", Map.of("alerts", "40"));
        form("/runs/{id:\\d{1,18}}/start", "/runs/" + previewedRun() + "/start", "run-started", Map.of());
        form("/runs/{id:\\d{1,18}}/cancel", "/runs/" + previewedRun() + "/cancel", "run-cancelled", Map.of());
        form("/calls/{id}/replay", "/calls/" + call + "/replay", "call-replayed", Map.of());
        form("/employees/new", "/employees/new", "employee-added", Map.of("name", "Nina"));
        form(
                "/employees/{id:\\d{1,18}}",
                "/employees/" + employee,
                "employee-changed",
                Map.of("name", "Vera N.", "active", "1"));
        form("/employees/fetch", "/employees/fetch", "employees-read", Map.of());
        form(
                "/employees/accept",
                "/employees/accept",
                "employees-accepted",
                Map.of("connection", connection.toString(), "seen", "1"));
        form("/users", "/users", "invited", Map.of("login", login(), "name", "Z", "role", "auditor"));
        form("/users/{id:\\d{1,18}}", "/users/" + other, "user-changed", Map.of("role", "supervisor"));
        form("/users/{id:\\d{1,18}}/off", "/users/" + other + "/off", "user-changed", Map.of());
        form("/users/{id:\\d{1,18}}/on", "/users/" + other + "/on", "user-changed", Map.of());
        form(
                "/users/invitations/{id:\\d{1,18}}/withdraw",
                "/users/invitations/" + invitation.invitation().id() + "/withdraw",
                "invitation-withdrawn",
                Map.of());
        form(
                "/invited/{secret}",
                "/invited/" + used.secret(),
                "user-made",
                Map.of("password", FirstUserOfTests.PASSWORD));
        form(
                "/setup/{secret}",
                "/setup/" + SETUP,
                "owner-made",
                Map.of(
                        "company",
                        "Empty",
                        "zone",
                        "Europe/Moscow",
                        "name",
                        "First",
                        "login",
                        login(),
                        "password",
                        FirstUserOfTests.PASSWORD));
    }

    /** One that nobody works on until it is started. */
    private String previewedRun() {
        return jdbc.sql("""
            INSERT INTO run (company_id, kind, about, begun_by, state, cancelled, done, tally, would, bookmark, why, report,
              failures, next_at, lease_until, created_at)
            VALUES (1, 'replay', '{}', 'Anna', 'PREVIEWED', :no, 0, '[]', '[]', '', '', '', 0, 0, 0, 0) RETURNING id\
            """).param("no", false).query(String.class).single();
    }

    private long client() {
        var number = (PhoneNumber) new NumberPlan("RU").read("+79000000556");
        return clients.add(COMPANY, new Written("L", Optional.empty(), false, List.of(number)))
                .id()
                .value();
    }

    private void form(String address, String path, String action, Map<String, String> fields) {
        table.put(address, new Sent(path, fields, action));
    }

    private static String login() {
        return UUID.randomUUID() + "@example.org";
    }

    /** A company that nobody can sign in to yet. */
    private void openSetup() throws Exception {
        jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                        + " VALUES (79, 'Empty', 'RU', 'Asia/Omsk', 'ru', 0) ON CONFLICT (id) DO NOTHING")
                .update();
        jdbc.sql("DELETE FROM app_user WHERE company_id = 79").update();
        jdbc.sql("INSERT INTO setup_link (company_id, hash, created_at) VALUES (79, ?, 0)"
                        + " ON CONFLICT (company_id) DO NOTHING")
                .param(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(SETUP.getBytes(StandardCharsets.UTF_8))))
                .update();
    }

    @Test
    void tellsOfEveryChangeByWhomAndFromWhere() {
        // in the order of the table: what is on must be off before
        for (var address : new ConsoleRoutes(mappings).of(RequestMethod.POST)) {
            assertThat(CHANGE_NOTHING.containsKey(address)
                            || TOLD_AS.containsKey(address)
                            || table.containsKey(address))
                    .as("how %s is sent, and what the audit log tells of it then", address)
                    .isTrue();
        }
        table.forEach((address, sent) -> {
            var company = address.startsWith("/setup") ? EMPTY : COMPANY;
            var before = newest(company);
            var answer = visitor.post(sent.path(), sent.fields());

            assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isIn(200, 302);
            assertThat(since(company, before)).as("%s", address).anySatisfy(entry -> {
                assertThat(entry.word()).isEqualTo(sent.action());
                assertThat(entry.actor().address()).isEqualTo("127.0.0.1");
                assertThat(entry.actor().word()).isEqualTo("user-" + owner.id());
            });
        });

        assertThat(since(COMPANY, 0).toString()).doesNotContain("squawk-secret", "9000000001");
        assertThat(verification.verify(COMPANY).isWhole()).isTrue();
    }

    @Test
    void tellsWhoCameInWhoDidNotAndWhoLeft() {
        var login = people.user(COMPANY, Role.EMPLOYEE).login();
        var before = newest(COMPANY);
        var guest = new Visitor(port);
        guest.post("/sign-in", Map.of("login", login, "password", "wrong"));
        guest.signIn(login);
        guest.post("/sign-out", Map.of());
        guest.post("/sign-in", Map.of("login", "my password, in the wrong field", "password", "x"));

        assertThat(since(COMPANY, before).reversed())
                .extracting(AuditEntry::word)
                .containsExactly("sign-in-failed", "signed-in", "signed-out", "sign-in-failed");
        assertThat(since(COMPANY, before).toString()).doesNotContain("wrong field");
    }

    @Test
    void tellsOnceThatSomebodyMustWait() {
        var login = people.user(COMPANY, Role.EMPLOYEE).login();
        var before = newest(COMPANY);
        for (var i = 0; i < 9; i++) {
            new Visitor(port).post("/sign-in", Map.of("login", login, "password", "guess " + i));
        }

        assertThat(since(COMPANY, before))
                .extracting(AuditEntry::word)
                .containsOnlyOnce("sign-in-throttled")
                .hasSize(6);
    }

    @Test
    void showsTheLogAndWhatIsLookedForAndThatItIsWhole() {
        visitor.post("/employees/new", Map.of("name", "Shown in the log"));

        assertThat(visitor.get("/audit").body()).contains("Shown in the log", "Employee added", "127.0.0.1");
        assertThat(visitor.get("/audit?action=employee-added&who=user-" + owner.id())
                        .body())
                .contains("Shown in the log");
        assertThat(visitor.get("/audit?action=hub-started").body()).doesNotContain("Shown in the log");
        assertThat(visitor.get("/audit?to=2001-01-01").body()).contains("Nothing of this kind");
        assertThat(visitor.get("/audit?from=soon&before=x&action=y").statusCode())
                .isEqualTo(200);
        assertThat(visitor.get("/audit?verify=1").body()).contains("all as they were written");
    }

    private long newest(CompanyId company) {
        return since(company, 0).stream()
                .mapToLong(AuditEntry::number)
                .findFirst()
                .orElse(0);
    }

    private List<AuditEntry> since(CompanyId company, long number) {
        return log
                .find(new AuditQuery(
                        company,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        500))
                .stream()
                .filter(entry -> entry.number() > number)
                .toList();
    }
}
