package io.patchbay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.runtime.Databases;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in a back-up, and what of it is refused. The running hub's part is tested with a hub as a process. */
class BackupTest {

    @TempDir
    Path folder;

    private Path database;
    private Path hooks;
    private Path recording;
    private String schema;

    @BeforeEach
    void aHubsFiles() throws IOException {
        database = folder.resolve("hub.db");
        try (var opened = Databases.open("jdbc:sqlite:" + database, "", "", 1)) {
            var flyway = Flyway.configure()
                    .dataSource(opened)
                    .placeholders(Databases.placeholders(opened.getJdbcUrl()))
                    .load();
            flyway.migrate();
            schema = String.valueOf(flyway.info().current().getVersion());
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var hook : new byte[][] {{1, 2, 3}, {4}}) {
                out.writeInt(hook.length);
                out.write(hook);
            }
        }
        hooks = Files.write(folder.resolve("queued"), bytes.toByteArray());
        recording = Files.writeString(folder.resolve("7.mp3"), "sound");
    }

    private Path archive(String tables) {
        var archive = folder.resolve("backup-" + tables + ".zip");
        Archive.write(
                archive,
                tables,
                "sqlite",
                Map.of("patchbay.db", database, "hooks.bin", hooks, "recordings/7.mp3", recording));
        return archive;
    }

    private String restore(Path archive) {
        var said = new StringWriter();
        CareCommand.run(
                new String[] {"restore", archive.toString(), "--patchbay.data-dir=" + folder.resolve("data")},
                new PrintWriter(said, true));
        return said.toString();
    }

    @Test
    void bringsBackDatabaseRecordingsAndTheHooksThatWereOnTheirWay() throws IOException {
        assertThat(restore(archive(schema)))
                .contains("Restored to", "2 hooks are read when the hub starts", "vault.key");

        assertThat(folder.resolve("data/recordings/7.mp3")).hasContent("sound");
        try (var opened = Databases.open("jdbc:sqlite:" + folder.resolve("data/patchbay.db"), "", "", 1)) {
            assertThat(JdbcClient.create(opened)
                            .sql("SELECT sealed FROM restored_hook ORDER BY id")
                            .query(byte[].class)
                            .list())
                    .containsExactly(new byte[] {1, 2, 3}, new byte[] {4});
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("restoring") || name.endsWith(".part"));
        }
    }

    @Test
    void refusesTablesOfAnotherReleaseInOneSentence() {
        for (var other : new String[] {"19", "9999"}) {
            assertThat(restore(archive(other)).lines())
                    .singleElement()
                    .asString()
                    .contains("version " + other, "this release has version " + schema, "the release that made it");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesAnArchiveThatIsNotWhatWasWritten() throws IOException {
        var archive = archive(schema);
        try (var zip = FileSystems.newFileSystem(archive)) {
            Files.writeString(zip.getPath("recordings/7.mp3"), "other sound");
        }
        assertThat(restore(archive)).contains("is damaged: recordings/7.mp3 is not what was written");
        try (var zip = FileSystems.newFileSystem(archive)) {
            Files.delete(zip.getPath("recordings/7.mp3"));
        }
        assertThat(restore(archive)).contains("is damaged: recordings/7.mp3 is missing");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void backsUpOnlyAHubThatRuns() {
        var said = new StringWriter();
        CareCommand.run(
                new String[] {
                    "backup", folder.resolve("new.zip").toString(), "--patchbay.data-dir=" + folder.resolve("still")
                },
                new PrintWriter(said, true));

        assertThat(said.toString()).contains("No hub runs on");
        assertThat(folder.resolve("new.zip")).doesNotExist();
    }
}
