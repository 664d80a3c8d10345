package io.patchbay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Secret;
import io.patchbay.connection.VaultKeys;
import io.patchbay.connection.VaultProperties;
import io.patchbay.connection.store.JdbcConnections;
import io.patchbay.connection.store.JdbcSecrets;
import io.patchbay.runtime.DataFolder;
import io.patchbay.runtime.Databases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The commands as they are typed, on the data folder of a hub that is stopped. */
class CareCommandTest {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private int run(String word, String... settings) {
        var args = Stream.concat(Stream.of(word, "--patchbay.data-dir=" + folder), Stream.of(settings))
                .toArray(String[]::new);
        said.getBuffer().setLength(0);
        return CareCommand.run(args, new PrintWriter(said, true));
    }

    private VaultKeys keys() {
        return new VaultKeys(new VaultProperties("", "", List.of()), folder);
    }

    /** A hub's folder with one connection and its secret. @param work is done with the secrets */
    private Optional<String> secret(Optional<String> keep) {
        try (var source = Databases.open("jdbc:sqlite:" + folder.resolve("patchbay.db"), "", "", 2)) {
            var jdbc = JdbcClient.create(source);
            var transactions = new TransactionTemplate(Databases.transactions(source));
            Flyway.configure()
                    .dataSource(source)
                    .placeholders(Databases.placeholders(source.getJdbcUrl()))
                    .load()
                    .migrate();
            var connections = new JdbcConnections(jdbc, transactions, Clock.systemUTC());
            var connection = connections.all().stream()
                    .findFirst()
                    .orElseGet(() -> connections.add(new CompanyId(1), "example-crm", "CRM", Map.of()));
            var secrets = new JdbcSecrets(jdbc, transactions, keys().open(jdbc), Clock.systemUTC());
            keep.ifPresent(value -> secrets.keep(connection.id(), "token", new Secret(value)));
            return secrets.find(connection.id(), "token").map(Secret::reveal);
        }
    }

    @BeforeEach
    void aHubRanHere() {
        secret(Optional.of("squawk"));
    }

    @Test
    void theDoctorSaysALineForEachThingAndWhatToDo() {
        assertThat(run("doctor")).isEqualTo(1);

        assertThat(said.toString())
                .contains("ok    database:", "ok    key:", "ok    broker:", "ok    clock:", "ok    tokens:")
                .contains("WRONG address:", "Set patchbay.intake.public-url")
                .doesNotContain("squawk");
        assertThat(said.toString().lines()).hasSize(9);
    }

    @Test
    void theDoctorLooksAtTheConnectorsOfTheFolderThatIsSet() throws IOException {
        var own = Files.createDirectories(folder.resolve("own/spoilt"));
        Files.writeString(own.resolve("connector.yaml"), "id: spoilt\n");

        run("doctor", "--patchbay.connectors-dir=" + folder.resolve("own"));

        assertThat(said.toString()).contains("WRONG connectors:", "spoilt");
        run("doctor");
        assertThat(said.toString()).contains("ok    connectors:");
    }

    @Test
    void theDoctorMissesTheKey() throws IOException {
        Files.delete(folder.resolve("vault.key"));

        assertThat(run("doctor")).isEqualTo(1);

        assertThat(said.toString()).contains("WRONG key:", "Put it back");
        assertThat(folder.resolve("vault.key"))
                .as("nothing is made in its place")
                .doesNotExist();
    }

    @Test
    void aNewKeyOpensEverythingAndTheOldOneIsNotNeeded() throws IOException {
        var before = Files.readString(folder.resolve("vault.key"));

        assertThat(run("rotate-key")).as(said.toString()).isZero();

        assertThat(Files.readString(folder.resolve("vault.key"))).isNotEqualTo(before);
        assertThat(Files.readString(keys().previous())).isEqualTo(before);
        Files.delete(keys().previous());
        assertThat(secret(Optional.empty())).contains("squawk");
    }

    @Test
    void whoAsksHowItGoesChangesNothing() throws IOException {
        var before = Files.readString(folder.resolve("vault.key"));

        assertThat(run("rotate-key", "--help")).isZero();
        assertThat(said.toString()).contains("Usage: patchbay rotate-key").contains("The hub must be stopped");
        assertThat(Files.readString(folder.resolve("vault.key"))).isEqualTo(before);

        assertThat(run("doctor", "--help")).isZero();
        assertThat(said.toString()).contains("Usage: patchbay doctor").doesNotContain("database:");
    }

    @Test
    void aChangeThatWasCutAfterTheNewKeyTookItsPlaceIsFinishedWithThatKey() throws IOException {
        keys().change();
        var fresh = Files.readString(folder.resolve("vault.key"));
        assertThat(secret(Optional.empty()))
                .as("the hub may even run meanwhile")
                .contains("squawk");
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(said.toString()).contains("patchbay rotate-key");

        assertThat(run("rotate-key")).isZero();

        assertThat(Files.readString(folder.resolve("vault.key"))).isEqualTo(fresh);
        Files.delete(keys().previous());
        assertThat(secret(Optional.empty())).contains("squawk");
    }

    @Test
    void theAuditLogTellsOfTheNewKeyAndIsStillSealed() throws IOException {
        assertThat(run("rotate-key")).isZero();
        Files.delete(keys().previous());

        assertThat(runAudit()).as(said.toString()).isZero();

        assertThat(said.toString()).contains("ok    company 1", "1 lines are whole");
    }

    @Test
    void theAuditLogIsSaidToBeBrokenAndWhere() {
        assertThat(run("rotate-key")).isZero();
        try (var source = Databases.open("jdbc:sqlite:" + folder.resolve("patchbay.db"), "", "", 2)) {
            var jdbc = JdbcClient.create(source);
            jdbc.sql("DROP TRIGGER audit_entry_stays").update();
            jdbc.sql("UPDATE audit_entry SET actor_name = 'nobody'").update();
        }

        assertThat(runAudit()).isEqualTo(1);

        assertThat(said.toString()).contains("WRONG company 1", "line 1 is changed");
    }

    private int runAudit() {
        said.getBuffer().setLength(0);
        return CareCommand.run(
                new String[] {"audit", "verify", "--patchbay.data-dir=" + folder}, new PrintWriter(said, true));
    }

    @Test
    void noKeyIsChangedUnderARunningHub() throws IOException {
        var before = Files.readString(folder.resolve("vault.key"));
        try (var running = DataFolder.take(folder)) {
            assertThat(run("rotate-key")).isEqualTo(1);
            assertThat(running.path()).exists();
        }
        assertThat(Files.readString(folder.resolve("vault.key"))).isEqualTo(before);
    }

    @Test
    void otherWordsAreNotForIt() {
        assertThat(CareCommand.isAsked(new String[] {"connector", "check"})).isFalse();
        assertThat(CareCommand.isAsked(new String[] {})).isFalse();
    }
}
