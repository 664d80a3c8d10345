package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionSetup.Outcome;
import io.patchbay.connection.ConnectionSetup.Refused;
import io.patchbay.connection.ConnectionSetup.Saved;
import io.patchbay.connection.store.JdbcConnectionHealth;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.SettingProblem;
import io.patchbay.connector.SettingProblem.Reason;
import io.patchbay.testing.Audits;
import io.patchbay.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

class ConnectionSetupTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final CompanyId OTHER = new CompanyId(2);

    private final TestDatabase database = TestDatabase.of(TestDatabase.Kind.SQLITE);
    private final Connections connections =
            new JdbcConnections(database.jdbc(), database.transactions(), Clock.systemUTC());
    private final Secrets secrets = new JdbcSecrets(
            database.jdbc(), database.transactions(), new Vault(VaultKey.random(), List.of()), Clock.systemUTC());
    private final ConnectionSetup setup = new ConnectionSetup(
            Connectors.in(Path.of("src/test/resources/kit-connectors")),
            connections,
            secrets,
            new JdbcConnectionHealth(database.jdbc(), Clock.systemUTC()),
            new SettingsVersions(database.jdbc(), Clock.systemUTC()),
            Audits.in(database),
            database.transactions());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsSecretsApartFromSettings() {
        var saved = saved(setup.add(COMPANY, "parrot", " Polly ", Map.of(TOKEN, text("squawk"), "extra", text(" "))));

        assertThat(saved.title()).isEqualTo("Polly");
        assertThat(saved.settings()).isEmpty();
        assertThat(secrets.find(saved.id(), TOKEN)).contains(new Secret("squawk"));
    }

    @Test
    void tellsAllProblemsAtOnceAndStoresNothing() {
        var refused = setup.add(COMPANY, "parrot", "", Map.of("nonsense", text("x")));

        assertThat(problems(refused))
                .contains(
                        new SettingProblem("title", Reason.MISSING),
                        new SettingProblem("nonsense", Reason.UNKNOWN),
                        new SettingProblem(TOKEN, Reason.MISSING));
        assertThat(problems(setup.add(COMPANY, "dodo", "Dodo", Map.of())))
                .containsExactly(new SettingProblem("connector", Reason.NOT_IN_CHOICE));
        assertThat(problems(setup.add(COMPANY, "parrot", "Polly", Map.of(TOKEN, BooleanNode.TRUE))))
                .containsExactly(new SettingProblem(TOKEN, Reason.WRONG_TYPE));
        assertThat(connections.of(COMPANY)).isEmpty();
    }

    @Test
    void changesOnlyWhatIsNamed() {
        var saved = saved(setup.add(COMPANY, "parrot", "Polly", Map.of(TOKEN, text("squawk"))));

        var renamed = saved(setup.change(saved, Optional.of("Lora"), Map.of()));
        assertThat(renamed.title()).isEqualTo("Lora");
        assertThat(renamed.enabled()).isTrue();
        assertThat(secrets.find(saved.id(), TOKEN)).contains(new Secret("squawk"));

        var untouched = saved(setup.change(renamed, Optional.empty(), Map.of(TOKEN, text(""))));
        assertThat(secrets.find(untouched.id(), TOKEN)).contains(new Secret("squawk"));

        assertThat(problems(setup.change(renamed, Optional.empty(), Map.of(TOKEN, NullNode.instance))))
                .containsExactly(new SettingProblem(TOKEN, Reason.MISSING));
    }

    @Test
    void hidesAConnectionFromOtherCompaniesAndKeepsTheTitleOfARemovedOne() {
        var saved = saved(setup.add(COMPANY, "parrot", "Polly", Map.of(TOKEN, text("squawk"))));
        assertThat(connections.find(OTHER, saved.id())).isEmpty();
        assertThat(connections.find(COMPANY, saved.id())).isPresent();

        connections.remove(saved.id());

        assertThat(connections.find(COMPANY, saved.id())).isEmpty();
        assertThat(secrets.names(saved.id())).isEmpty();
        assertThat(connections.titles(COMPANY)).containsEntry(saved.id(), "Polly");
        assertThat(connections.titles(OTHER)).isEmpty();
    }

    private static final String TOKEN = "token";

    private static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    private static Connection saved(Outcome outcome) {
        return ((Saved) outcome).connection();
    }

    private static List<SettingProblem> problems(Outcome outcome) {
        return ((Refused) outcome).problems();
    }
}
