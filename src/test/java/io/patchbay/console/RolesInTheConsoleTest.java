package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.directory.Employees;
import io.patchbay.testing.RunningHub;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who may open and send what in the console: every address the hub maps, as every role. What the table below does not name is nobody's. */
@RunningHub
class RolesInTheConsoleTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final String NOBODYS = "999999";

    private static final EnumSet<Role> ALL = EnumSet.allOf(Role.class);
    private static final EnumSet<Role> LOOK_AFTER_CONNECTIONS = EnumSet.of(Role.OWNER, Role.ADMIN, Role.INTEGRATOR);

    /** The roles, told by address. The first line that fits counts. */
    private static final List<Line> TABLE = List.of(
            new Line("(GET|POST) /(sign-in|setup/.*|invited/.*|language)", ALL),
            new Line("(GET|POST) /account.*", ALL),
            new Line("GET /", ALL), // leads those who see no calls to their own first page
            new Line("GET /connectors/\\{id}/icon.svg", ALL),
            new Line("GET /calls.*", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR, Role.EMPLOYEE)),
            new Line("POST /calls/.*/replay", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("POST /connections/.*/replay", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("(GET|POST) /connections.*", LOOK_AFTER_CONNECTIONS),
            new Line("(GET|POST) /runs.*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /clients/(import|new)", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /clients.*", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR)),
            new Line("POST /clients.*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /employees", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR)),
            new Line("(GET|POST) /employees.*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("(GET|POST) /users.*", EnumSet.of(Role.OWNER)),
            new Line("(GET|POST) /(persons|retention).*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /audit.*", EnumSet.of(Role.OWNER, Role.AUDITOR)));

    private record Line(String address, Set<Role> roles) {}

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    FirstUserOfTests people;

    @Autowired
    ConnectionSetup setup;

    @Autowired
    Employees employees;

    @ParameterizedTest
    @EnumSource
    void opensToEachRoleWhatIsItsAndNothingElse(Role role) {
        var visitor = visitor(role);
        var wrong = new ArrayList<String>();
        for (var method : List.of(RequestMethod.GET, RequestMethod.POST)) {
            for (var address : new ConsoleRoutes(mappings).of(method)) {
                var path = address.replaceAll("\\{id[^}]*}+", NOBODYS)
                        .replace("{connector}", "parrot")
                        .replace("{secret}", "guess");
                var answer = method == RequestMethod.GET
                        ? visitor.get(path.equals("/calls/more") ? path + "?after=x" : path)
                        : visitor.post(path, Map.of());
                if (answer.statusCode() == 403 == allowed(method + " " + address, role)) {
                    wrong.add(method + " " + address + " answered " + answer.statusCode() + " to " + role);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void offersNoRoleALinkOrAFormThatItMayNotUse(Role role) {
        setup.add(COMPANY, "parrot", "Parrot of " + role, Map.of("token", JsonNodeFactory.instance.stringNode("t")));
        employees.add(COMPANY, "Seen by " + role, Optional.empty(), Optional.empty(), true);
        var visitor = visitor(role);
        var walked = new TreeSet<String>();
        var ahead = new TreeSet<>(Set.of("/", "/account"));
        var forms = new TreeSet<String>();
        while (!ahead.isEmpty()) {
            var page = ahead.pollFirst();
            walked.add(page);
            var answer = visitor.get(page);
            assertThat(answer.statusCode()).as("%s for %s", page, role).isIn(200, 302);
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                found("(?:href|src|hx-get)=\"(/[^\"#]*)", answer.body()).stream()
                        .filter(link -> !walked.contains(link))
                        .forEach(ahead::add);
                forms.addAll(found("(?:hx-post|method=\"post\"[^>]*action)=\"(/[^\"]*)", answer.body()));
            }
        }
        for (var form : forms) {
            if (!form.equals("/sign-out")) {
                assertThat(allowed("POST " + form, role))
                        .as("%s is offered the form %s", role, form)
                        .isTrue();
            }
        }
    }

    @Test
    void stopsASessionAtOnceWhenItsUserIsSwitchedOffAndNarrowsItWhenTheRoleChanges() {
        var owner = visitor(Role.OWNER);
        var changed = people.user(COMPANY, Role.ADMIN);
        var session = new Visitor(port).signIn(changed.login());
        assertThat(session.get("/employees").statusCode()).isEqualTo(200);

        assertThat(owner.post("/users/" + changed.id(), Map.of("role", "integrator"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(session.get("/employees").statusCode()).isEqualTo(403);
        assertThat(session.get("/connections").statusCode()).isEqualTo(200);

        owner.post("/users/" + changed.id() + "/off", Map.of());
        assertThat(session.get("/connections").statusCode()).isEqualTo(302);
        assertThat(new Visitor(port)
                        .post("/sign-in", Map.of("login", changed.login(), "password", FirstUserOfTests.PASSWORD))
                        .headers()
                        .firstValue("Location"))
                .get()
                .asString()
                .contains("wrong");
        owner.post("/users/" + changed.id() + "/on", Map.of());
        assertThat(new Visitor(port).signIn(changed.login()).get("/connections").statusCode())
                .isEqualTo(200);
    }

    @Test
    void invitesAColleagueByALinkThatWorksOnce() {
        var made = visitor(Role.OWNER)
                .post("/users", Map.of("login", "Colleague@example.org", "name", "Colleague", "role", "auditor"));
        var link = found("(/invited/[\\w-]{43})", made.body()).getFirst();
        var colleague = new Visitor(port);

        assertThat(colleague.get(link).body()).contains("colleague@example.org");
        assertThat(colleague.post(link, Map.of("password", "short")).body()).contains("Use at least 12 characters");
        assertThat(colleague
                        .post(link, Map.of("password", FirstUserOfTests.PASSWORD))
                        .headers()
                        .firstValue("Location"))
                .get()
                .asString()
                .endsWith("/sign-in?ready");
        assertThat(new Visitor(port).get(link).statusCode()).isEqualTo(404);
        assertThat(colleague.signIn("colleague@example.org").get("/employees").statusCode())
                .isEqualTo(403);
    }

    private static boolean allowed(String address, Role role) {
        return TABLE.stream()
                .filter(line -> address.matches(line.address()))
                .findFirst()
                .filter(line -> line.roles().contains(role))
                .isPresent();
    }

    private Visitor visitor(Role role) {
        return new Visitor(port).signIn(people.user(COMPANY, role).login());
    }

    private static List<String> found(String pattern, String html) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .distinct()
                .toList();
    }
}
