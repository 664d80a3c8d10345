package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Invitations;
import io.patchbay.access.Role;
import io.patchbay.access.Users;
import io.patchbay.call.CallId;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connection.Connections;
import io.patchbay.directory.ClientDirectory;
import io.patchbay.directory.ClientId;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import io.patchbay.journal.Journal;
import io.patchbay.run.Runs;
import io.patchbay.run.Scope;
import io.patchbay.testing.RunningHub;
import io.patchbay.testing.ToldCall;
import java.time.Instant;
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

/** The owner of company B opens and sends every address of the console with what belongs to company A. */
@RunningHub
class OtherCompanyInTheConsoleTest {

    private static final CompanyId A = new CompanyId(1);
    private static final CompanyId B = new CompanyId(78);
    private static final String MARK = "Zanzibar";

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    Users users;

    @Autowired
    Invitations invitations;

    @Autowired
    Runs runs;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    Connections connections;

    @Autowired
    ClientDirectory directory;

    @Autowired
    Employees employees;

    @Autowired
    Journal journal;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcClient jdbc;

    private ConnectionId connection;
    private EmployeeId employee;
    private ClientId client;
    private CallId call;
    private long user;
    private long invitation;
    private long run;
    private Visitor other;

    @BeforeEach
    void fill() {
        jdbc.sql("INSERT INTO company (id, title, region, time_zone, language, created_at)"
                        + " VALUES (78, 'B', 'RU', 'Asia/Omsk', 'ru', 0) ON CONFLICT (id) DO NOTHING")
                .update();
        var saved = (ConnectionSetup.Saved)
                setup.add(A, "parrot", MARK, Map.of("token", JsonNodeFactory.instance.stringNode("t")));
        connection = saved.connection().id();
        employee =
                employees.add(A, MARK, Optional.empty(), Optional.empty(), true).id();
        call = transactions.execute(status -> journal.join(
                        A,
                        new ToldCall(connection.value(), UUID.randomUUID().toString(), Instant.now())
                                .from("+79000000001")
                                .leg(MARK, 0, 5, 65)
                                .facts())
                .getFirst()
                .id());
        client = directory
                .add(A, new ClientDirectory.Written(MARK, Optional.empty(), false, java.util.List.of((PhoneNumber)
                        new NumberPlan("RU").read("+79000000001"))))
                .id();
        user = people.user(A, Role.ADMIN).id();
        invitation = invitations
                .invite(A, "z@example.org", MARK, Role.ADMIN, Optional.empty())
                .invitation()
                .id();
        run = runs.preview(A, "replay", Scope.COMPANY, MARK).id();
        other = new Visitor(port).signIn(people.user(B, Role.OWNER).login());
    }

    @Test
    void findsNothingAndChangesNothing() {
        for (var method : List.of(RequestMethod.GET, RequestMethod.POST)) {
            for (var address : new ConsoleRoutes(mappings).of(method)) {
                var path = filled(address);
                var answer = method == RequestMethod.GET ? other.get(path) : other.post(path, Map.of());
                if (address.contains("{id") && !address.startsWith("/connectors/")) {
                    assertThat(answer.statusCode()).as("%s %s", method, address).isEqualTo(404);
                }
                assertThat(answer.body()).as("%s %s", method, address).doesNotContain(MARK, "900 000-00-01");
            }
        }

        assertThat(connections.get(connection).enabled()).isTrue();
        assertThat(connections.get(connection).title()).isEqualTo(MARK);
        assertThat(directory.find(A, client).orElseThrow().name()).isEqualTo(MARK);
        assertThat(employees.find(A, employee).orElseThrow().name()).isEqualTo(MARK);
        assertThat(users.find(A, user).orElseThrow().isOn()).isTrue();
        assertThat(users.find(A, user).orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(invitations.open(A)).anyMatch(open -> open.id() == invitation);
    }

    @Test
    void showsAnEmployeeTheirOwnCallsAndNoOthers() {
        var own = employees
                .add(A, "Own Calls", Optional.empty(), Optional.empty(), true)
                .id();
        employees.tie(own, connection.value(), "own-seat");
        var mine = transactions.execute(status -> journal.join(
                        A,
                        new ToldCall(connection.value(), UUID.randomUUID().toString(), Instant.now())
                                .from("+79000000002")
                                .leg("own-seat", 0, 5, 65)
                                .facts())
                .getFirst()
                .id());
        var session = new Visitor(port)
                .signIn(people.user(A, Role.EMPLOYEE, Optional.of(own.value())).login());
        var nobody = new Visitor(port).signIn(people.user(A, Role.EMPLOYEE).login());

        assertThat(session.get("/calls/" + mine).statusCode()).isEqualTo(200);
        assertThat(session.get("/").body()).contains("call-" + mine).doesNotContain("call-" + call + "\"");
        for (var address : List.of("/calls/" + call, "/calls/" + call + "/unfolded")) {
            assertThat(session.get(address).statusCode()).as(address).isEqualTo(404);
        }
        assertThat(nobody.get("/calls/" + mine).statusCode()).isEqualTo(404);
        assertThat(nobody.get("/").body()).doesNotContain("call-" + mine, "call-" + call + "\"");
    }

    /** A new kind of thing must be added here, or the test says so. */
    private String filled(String address) {
        if (!address.contains("{")) {
            return address.equals("/calls/more") ? address + "?after=x" : address;
        }
        var id = Map.of(
                        "calls", call.toString(),
                        "connections", connection.toString(),
                        "employees", employee.toString(),
                        "connectors", "parrot",
                        "clients", client.toString(),
                        "runs", Long.toString(run),
                        "users", Long.toString(address.contains("invitations") ? invitation : user))
                .get(address.split("/")[1]);
        assertThat(address.contains("{id") ? id : "none")
                .as("an id of company A to fill into %s", address)
                .isNotNull();
        return address.replaceAll("\\{id[^}]*}+", String.valueOf(id))
                .replace("{connector}", "parrot")
                .replace("{secret}", "guess");
    }
}
