package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.AddressList;
import io.patchbay.intake.HookUse;
import io.patchbay.intake.Hooks;
import io.patchbay.testing.RunningHub;
import java.util.List;
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
    HookUse use;

    @Autowired
    FirstUserOfTests people;

    private Visitor integrator;
    private String page;
    private ConnectionId id;

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

    @Test
    void saysWhoMaySendAndKeepsWhatWasTypedWrong() {
        assertThat(integrator
                        .post(page + "/hook-senders", Map.of("senders", "192.0.2.9/24, 2001:db8::/32"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(integrator.get(page).body()).contains("192.0.2.0/24\n2001:db8::/32");

        var wrong = integrator.post(page + "/hook-senders", Map.of("senders", "10.0.0.0/8\npbx.example.org"));

        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("No network address: pbx.example.org", "10.0.0.0/8\npbx.example.org");
        assertThat(hooks.use(id).senders().texts()).containsExactly("192.0.2.0/24", "2001:db8::/32");

        integrator.post(page + "/hook-senders", Map.of("senders", ""));
        assertThat(hooks.use(id).senders().texts()).isEmpty();
    }

    @Test
    void showsThatHooksWereRefusedForTheirNetworkAddress() {
        hooks.permit(
                id, new AddressList(List.of(AddressList.block("192.0.2.0/24").orElseThrow())));
        hooks.owner(hooks.address(id).getPath().substring("/hooks/".length()));
        use.write();

        assertThat(integrator.get(page).body()).contains("Refused because of the network address: 1 since");
    }
}
