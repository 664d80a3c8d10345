package io.patchbay.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.store.JdbcConnectionHealth;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.connector.Connectors;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SettingsMigrationTest {

    private static final String MIGRATE = """
        version: 3
        migrate:
          - {to: 2, rename: {subdomain: portal, token: key}, set: {owner: 9}}
          - {to: 3, values: {portal: {romashka: buttercup}}, remove: [colour]}
        """;

    @TempDir
    Path connectors;

    /** The parrot as it was, and then as its newer folder has it. */
    private final class Hub implements AutoCloseable {

        private final TestDatabase database;
        private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T07:00:00Z"));
        private final Connections connections;
        private final Secrets secrets;
        private final ConnectionHealth health;
        private final SettingsVersions versions;

        Hub(TestDatabase.Kind kind) {
            database = TestDatabase.of(kind);
            connections = new JdbcConnections(database.jdbc(), database.transactions(), clock);
            secrets = new JdbcSecrets(
                    database.jdbc(), database.transactions(), new Vault(VaultKey.random(), List.of()), clock);
            health = new JdbcConnectionHealth(database.jdbc(), clock);
            versions = new SettingsVersions(database.jdbc(), clock);
        }

        ConnectionId connect(Map<String, JsonNode> settings) {
            var id = connections
                    .add(new CompanyId(1), "parrot", "Polly", settings)
                    .id();
            secrets.keep(id, "token", new Secret("squawk"));
            return id;
        }

        void start() {
            new SettingsMigration(
                            Connectors.in(connectors), connections, secrets, health, versions, database.transactions())
                    .migrate();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private void folder(boolean newer) throws IOException {
        var parrot = connectors.resolve("parrot");
        FileSystemUtils.deleteRecursively(parrot);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kit-connectors/parrot"), parrot);
        if (newer) {
            var manifest = parrot.resolve("connector.yaml");
            Files.writeString(
                    manifest,
                    Files.readString(manifest)
                                    .replace("{subdomain}", "{portal}")
                                    .replace("  subdomain:", "  portal:")
                                    .replace("\"{token}\"", "\"{key}\"")
                                    .replace("  token:", "  key:")
                                    .replace("hookSecrets: [token]", "hookSecrets: [key]")
                            + MIGRATE);
            for (var language : List.of("en", "ru")) {
                var strings = parrot.resolve("strings/" + language + ".properties");
                Files.writeString(
                        strings,
                        Files.readString(strings)
                                .replace("settings.subdomain.", "settings.portal.")
                                .replace("settings.token.", "settings.key."));
            }
        }
        assertThat(Connectors.in(connectors).setAside()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void carriesSettingsThroughEveryStepOnce(TestDatabase.Kind kind) throws IOException {
        folder(false);
        try (var hub = new Hub(kind)) {
            var id = hub.connect(Map.of("subdomain", text("romashka")));
            hub.start();
            assertThat(hub.connections.get(id).settings()).containsOnlyKeys("subdomain");

            folder(true);
            hub.start();
            var after = hub.connections.get(id);
            hub.start();

            assertThat(after.settings())
                    .containsEntry("portal", text("buttercup"))
                    .containsOnlyKeys("portal", "owner");
            assertThat(after.settings().get("owner").asInt()).isEqualTo(9);
            assertThat(hub.secrets.find(id, "key")).contains(new Secret("squawk"));
            assertThat(hub.connections.get(id))
                    .as("the second time nothing changes")
                    .isEqualTo(after);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasUntilTheSystemHasAnsweredWell(TestDatabase.Kind kind) throws IOException {
        folder(true);
        try (var hub = new Hub(kind)) {
            var id = hub.connect(Map.of("subdomain", text("romashka")));
            hub.start();
            assertThat(hub.secrets.names(id)).contains("token", "key");
            assertThat(hub.versions.of(id).former()).isPresent();

            hub.clock.advance(Duration.ofMinutes(1));
            hub.health.went(id);
            hub.start();

            assertThat(hub.versions.of(id).former()).isEmpty();
            assertThat(hub.secrets.names(id)).contains("key").doesNotContain("token");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesBackWithTheFolder(TestDatabase.Kind kind) throws IOException {
        folder(true);
        try (var hub = new Hub(kind)) {
            var id = hub.connect(Map.of("subdomain", text("romashka")));
            hub.start();

            folder(false);
            hub.start();
            assertThat(hub.connections.get(id).settings()).isEqualTo(Map.of("subdomain", text("romashka")));
            assertThat(hub.secrets.find(id, "token")).contains(new Secret("squawk"));

            folder(true);
            hub.start();
            assertThat(hub.connections.get(id).settings()).containsEntry("portal", text("buttercup"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void leavesSettingsAloneThatTheStepsWouldMakeWrong(TestDatabase.Kind kind) throws IOException {
        folder(true);
        try (var hub = new Hub(kind)) {
            var id = hub.connect(Map.of("subdomain", text("NOT A NAME")));

            hub.start();

            assertThat(hub.connections.get(id).settings()).isEqualTo(Map.of("subdomain", text("NOT A NAME")));
            assertThat(hub.versions.of(id).number()).isEqualTo(1);
        }
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
