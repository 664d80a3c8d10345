package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.runtime.Databases;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A start that cannot work says why and what to do, without a stack trace, and ends with an exit code that is not 0. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedStartTest {

    /** Holds a data folder that a hub has used. */
    private Path used;

    @BeforeAll
    void useAFolderOnce(@TempDir Path folder) {
        used = folder;
        try (var hub = HubProcess.launch(folder).ready()) {
            hub.terminate();
            hub.exit();
        }
    }

    @Test
    void namesThePortThatIsInUse(@TempDir Path folder) throws IOException {
        try (var taken = new ServerSocket(0)) {
            var told = refused(folder, taken.getLocalPort());

            assertThat(told).contains("Port " + taken.getLocalPort() + " was already in use");
        }
    }

    @Test
    void namesTheDataFolderItCannotWrite(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("file"), "no folder");

        var told = refused(folder, "--patchbay.data-dir=file/data");

        assertThat(told).contains("The data folder " + folder.toRealPath().resolve("file/data") + " cannot be written");
        assertThat(told).contains("--patchbay.data-dir=");
    }

    @Test
    void refusesAKeyThatSecretsWereNotSealedWith() {
        var told = refused(used, "--patchbay.vault.key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        assertThat(told).contains("The vault key is not the one the stored secrets were sealed with");
        assertThat(told).doesNotContain("AAAAAAAAAAAA");
    }

    @Test
    void makesNoNewKeyInPlaceOfOneThatWasLost() throws IOException {
        var key = used.resolve("data/vault.key");
        var apart = Files.move(key, used.resolve("apart"));

        var told = refused(used);

        assertThat(told).contains("with the vault key is missing");
        assertThat(key).doesNotExist();
        Files.move(apart, key);
    }

    @Test
    void saysWhereSettingsStopBeingYaml(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.yaml"), "patchbay:\n  data-dir: [broken\n  x: : y\n");

        var told = refused(folder);

        assertThat(told).contains("not valid YAML").contains("line 2").contains("data-dir: [broken");
    }

    @Test
    void namesASettingOfTheWrongType(@TempDir Path folder) {
        assertThat(refused(folder, "--patchbay.intake.keep-raw=soon")).contains("patchbay.intake.keep-raw", "soon");
    }

    @Test
    void refusesTheTablesOfANewerRelease(@TempDir Path folder) throws IOException {
        copyDatabase(folder);
        try (var database = Databases.open("jdbc:sqlite:" + folder.resolve("data/patchbay.db"), "", "", 1)) {
            JdbcClient.create(database).sql("""
                INSERT INTO flyway_schema_history
                  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (9000, '9000', 'of the future', 'SQL', 'V9000__of_the_future.sql', 1, '', 1, 1)\
                """).update();
        }

        var told = refused(folder);

        assertThat(told).contains("newer Patchbay").contains("9000");
    }

    @Test
    void namesADatabaseThatIsDamaged(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/patchbay.db"), "this is no database at all, but a text".repeat(200));

        assertThat(refused(folder)).contains("patchbay.db cannot be opened");
    }

    @Test
    void namesADatabaseThatDoesNotAnswerWithoutItsPassword(@TempDir Path folder) {
        var told = refused(
                folder,
                "--patchbay.database.url=jdbc:postgresql://127.0.0.1:" + HubProcess.freePort()
                        + "/hub?password=opensesame",
                "--patchbay.database.password=opensesame");

        assertThat(told).contains("jdbc:postgresql://127.0.0.1").contains("cannot be opened");
        assertThat(told).doesNotContain("opensesame");
    }

    @Test
    void namesARouteFileThatIsBroken(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("routes/intake"));
        Files.writeString(folder.resolve("routes/intake/own.camel.yaml"), "- route:\n    from: [nonsense\n");

        assertThat(refused(folder)).contains("own.camel.yaml").contains("cannot be used");
    }

    private static String refused(Path folder, String... settings) {
        return refused(folder, HubProcess.freePort(), settings);
    }

    private static String refused(Path folder, int port, String... settings) {
        try (var hub = HubProcess.launch(folder, port, settings)) {
            var code = hub.exit();
            var told = hub.log();
            assertThat(code).as(told).isNotZero();
            assertThat(told).contains("APPLICATION FAILED TO START").contains("Action:");
            assertThat(told.lines().filter(line -> line.startsWith("\tat ")))
                    .as(told)
                    .isEmpty();
            return told;
        }
    }

    private void copyDatabase(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        for (var name : new String[] {"patchbay.db", "vault.key"}) {
            Files.copy(
                    used.resolve("data").resolve(name), folder.resolve("data").resolve(name));
        }
    }
}
