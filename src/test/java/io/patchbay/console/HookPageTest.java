package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.Hooks;
import io.patchbay.testing.RunningHub;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A connection's hook address on its page, as an integrator sees and changes it. */
@RunningHub
class HookPageTest {

    @LocalServerPort
    int port;

    @Autowired
    Connections connections;

    @Autowired
    Hooks hooks;

    @Autowired
    FirstUserOfTests people;

    private Visitor integrator;
    private String page;
    private io.patchbay.connection.ConnectionId id;

    @BeforeEach
    void signIn() {
        id = connections.add(new CompanyId(1), "form", "Form", Map.of()).id();
        page = "/connections/" + id;
        integrator = new Visitor(port)
                .signIn(people.user(new CompanyId(1), Role.INTEGRATOR).login());
    }

    @Test
    void showsTheNewAddressAndUntilWhenTheOldOneWorksAndEndsIt() {
        var old = hooks.address(id).toString();
        assertThat(integrator.get(page).body()).contains(old, "Nothing came here yet.");

        var moved = integrator.post(page + "/hook-secret", Map.of("overlap", "1440"));
        assertThat(moved.statusCode()).isEqualTo(302);
        assertThat(integrator.get(page + "?hook").body())
                .contains(hooks.address(id).toString(), "Works until", "Paste it in the system")
                .doesNotContain(old);

        integrator.post(page + "/hook-secret/end", Map.of());
        assertThat(integrator.get(page).body()).contains("Ended at").doesNotContain("End the old ones now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "43201", "99999999999999999999"})
    void anOverlapThatNobodyOfferedChangesNothing(String overlap) {
        var before = hooks.address(id);

        assertThat(integrator
                        .post(page + "/hook-secret", Map.of("overlap", overlap))
                        .statusCode())
                .isEqualTo(400);

        assertThat(hooks.address(id)).isEqualTo(before);
    }
}
