package io.patchbay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.ApiTokens;
import io.patchbay.access.Right;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.RunningHub;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may do what by the API: every operation of the OpenAPI document, as every role. What the table below does not name is nobody's. */
@RunningHub
class RolesInTheApiTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    private static final EnumSet<Role> LOOK_AFTER_CONNECTIONS = EnumSet.of(Role.OWNER, Role.ADMIN, Role.INTEGRATOR);

    /** What each role is for, told by operation. The first line that fits counts. */
    private static final List<Line> TABLE = List.of(
            new Line("GET /calls.*", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR, Role.EMPLOYEE)),
            new Line("POST /calls/\\{id}/(replay|preview)", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("[A-Z]+ /(runs|replays|catch-ups).*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /connectors.*", LOOK_AFTER_CONNECTIONS),
            new Line("GET /effects", LOOK_AFTER_CONNECTIONS),
            new Line("[A-Z]+ /connections.*", LOOK_AFTER_CONNECTIONS),
            new Line("[A-Z]+ /watch", LOOK_AFTER_CONNECTIONS),
            new Line("GET /employees", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR)),
            new Line("PUT /employees", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /clients.*", EnumSet.of(Role.OWNER, Role.ADMIN, Role.SUPERVISOR)),
            new Line("[A-Z]+ /clients.*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("[A-Z]+ /tokens.*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("[A-Z]+ /(users|invitations).*", EnumSet.of(Role.OWNER)),
            new Line("[A-Z]+ /(persons|retention).*", EnumSet.of(Role.OWNER, Role.ADMIN)),
            new Line("GET /audit.*", EnumSet.of(Role.OWNER, Role.AUDITOR)));

    private record Line(String operation, Set<Role> roles) {}

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @ParameterizedTest
    @EnumSource
    void allowsEachRoleWhatIsItsAndNothingElse(Role role) {
        var program = program(role, Set.of());
        var wrong = new ArrayList<String>();
        for (var operation : Operations.of(port)) {
            var answer = operation.send(program, "999999");
            if (answer.status() == 403 == allowed(operation, role)) {
                wrong.add(operation + " answered " + answer.status() + " to " + role);
            }
            if (answer.status() == 403) {
                assertThat(answer.contentType()).startsWith("application/problem+json");
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void givesATokenNoMoreThanItsScopes() {
        var narrow = program(Role.OWNER, Set.of(Right.SEE_EMPLOYEES));
        for (var operation : Operations.of(port)) {
            var open = operation.toString().equals("GET /employees");
            assertThat(operation.send(narrow, "999999").status() == 403)
                    .as("%s", operation)
                    .isEqualTo(!open);
        }
    }

    @Test
    void letsNobodyMakeATokenThatMayMoreThanThemselves() {
        var admin = program(Role.ADMIN, Set.of());
        var narrow = program(Role.OWNER, Set.of(Right.MANAGE_TOKENS, Right.SEE_EMPLOYEES));

        assertThat(admin.post("/api/v1/tokens", "{\"title\": \"T\", \"role\": \"owner\"}")
                        .status())
                .isEqualTo(400);
        assertThat(narrow.post("/api/v1/tokens", "{\"title\": \"T\"}").status()).isEqualTo(400);
        assertThat(narrow.post("/api/v1/tokens", "{\"title\": \"T\", \"scopes\": [\"see-all-calls\"]}")
                        .status())
                .isEqualTo(400);
        var made = narrow.post("/api/v1/tokens", "{\"title\": \"T\", \"scopes\": [\"see-employees\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/rights/0").asString()).isEqualTo("see-employees");
        assertThat(made.json().path("rights").size()).isEqualTo(1);
        var wrong = admin.post("/api/v1/tokens", "{\"title\": \"T\", \"role\": \"king\", \"scopes\": [\"fly\"]}");
        assertThat(wrong.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .contains("role", "scopes");
    }

    @Test
    void invitesByALinkThatIsToldOnce() {
        var owner = program(Role.OWNER, Set.of());
        var invited = owner.post(
                "/api/v1/invitations", "{\"login\": \"a@example.org\", \"name\": \"A\", \"role\": \"employee\"}");
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.json().path("link").asString()).matches("http.*/invited/[\\w-]{43}");
        var listed = owner.get("/api/v1/invitations");
        assertThat(listed.raw().body()).contains("a@example.org").doesNotContain("/invited/");
        assertThat(owner.delete("/api/v1/invitations/"
                                + invited.json().path("id").asLong())
                        .status())
                .isEqualTo(204);
        assertThat(owner.post("/api/v1/invitations", "{\"role\": \"king\", \"employee\": 999999}")
                        .json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrder("login", "name", "role", "employee");
    }

    private static boolean allowed(Operations.Operation operation, Role role) {
        return TABLE.stream()
                .filter(line -> operation.toString().matches(line.operation()))
                .findFirst()
                .filter(line -> line.roles().contains(role))
                .isPresent();
    }

    private Api program(Role role, Set<Right> scopes) {
        return new Api(
                port,
                tokens.issue(COMPANY, "Program of " + role, role, scopes, Optional.empty())
                        .secret());
    }
}
