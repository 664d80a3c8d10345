package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.runtime.Databases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else holds the database, and the broker's journal ends in rubbish after a crash: hooks are taken meanwhile, and what is lost comes from the history. */
@Tag("slow")
class BrokenStorageChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration HELD = Duration.ofMinutes(1);
    private static final int CALLS = 4;

    private final Random chance = new Random(SEED);

    @Test
    void hooksAreTakenWhileAForeignProcessHoldsTheDatabaseForAMinute(@TempDir Path folder) throws Exception {
        try (var office = new Office();
                var hub = launch(folder, HubProcess.freePort()).ready()) {
            office.portal.selfHosted();
            office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            try (var held = Databases.open("jdbc:sqlite:" + database(folder), "", "", 1);
                    var lock = lock(held.getConnection())) {
                tell(office, callers, "database held by another process");
                assertThat(office.pbx.delivered()).allMatch(event -> event.status() == 200);
                TimeUnit.SECONDS.sleep(HELD.toSeconds()); // the fault itself
                assertThat(lock.isClosed()).isFalse();
            }
            tell(office, callers, "afterwards");
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("a database that is held for " + HELD.toSeconds() + " s, seed " + SEED, folder);
        }
    }

    @Test
    void aJournalThatEndsInRubbishLosesNothingThatCanBeReadAndTheHistoryFillsTheRest(@TempDir Path folder)
            throws Exception {
        aBrokenJournal(folder, "journal ends in rubbish", BrokenStorageChaosIT::spoilTail);
    }

    @Test
    void aJournalThatIsCutOffLosesNothingThatCanBeReadAndTheHistoryFillsTheRest(@TempDir Path folder) throws Exception {
        aBrokenJournal(folder, "journal is cut off", BrokenStorageChaosIT::cutTail);
    }

    /** What happens to the last file of the journal, whose last record ends there. */
    private interface Damage {
        void to(Path file, long end) throws IOException;
    }

    private void aBrokenJournal(Path folder, String fault, Damage damage) throws Exception {
        var port = HubProcess.freePort();
        try (var office = new Office()) {
            office.portal.selfHosted();
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            try (var hub = launch(folder, port).ready()) {
                office.connectTo(hub);
                tell(office, callers, "before");
                reconciliation.awaitDone(PATIENCE);
                try (var held = Databases.open("jdbc:sqlite:" + database(folder), "", "", 1);
                        var lock = lock(held.getConnection())) {
                    reconciliation.destroys(fault);
                    tell(office, callers, fault);
                    hub.kill();
                    assertThat(lock.isClosed()).isFalse();
                }
            }
            var last = lastWritten(folder.resolve("data/broker/journal"));
            damage.to(last, end(last));
            try (var hub = launch(folder, port).ready()) {
                tell(office, callers, "afterwards");
                reconciliation.awaitDone(PATIENCE);
                reconciliation.check(fault + ", seed " + SEED, folder);
                System.out.println("chaos: the hub's words on its journal:");
                hub.log().lines().filter(line -> line.contains("ournal")).forEach(System.out::println);
            }
        }
    }

    /** A torn write: the last bytes that were written are others. */
    private static void spoilTail(Path file, long end) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var rubbish = new byte[700];
            new Random(SEED).nextBytes(rubbish);
            channel.write(ByteBuffer.wrap(rubbish), Math.max(0, end - rubbish.length));
        }
    }

    private static void cutTail(Path file, long end) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Math.max(0, end - 700));
        }
    }

    /** The file whose last byte that is not zero was written last. */
    private static Path lastWritten(Path journal) throws IOException {
        try (var files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".amq"))
                    .max(Comparator.comparing((Path file) -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    /** Where the zeros begin with which a file of the journal is laid out. */
    private static long end(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static Path database(Path folder) {
        return folder.resolve("data/patchbay.db");
    }

    /** Writing is nobody else's until it is closed. */
    private static Connection lock(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE company SET title = title");
        }
        return connection;
    }

    private static HubProcess launch(Path folder, int port) throws IOException {
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        ConnectorsBeside.withoutPace(folder, "beeline");
        return HubProcess.launch(
                folder,
                port,
                "--patchbay.effect.first-pause=1s",
                "--patchbay.effect.longest-pause=4s",
                "--patchbay.backfill.delay=2000",
                "--patchbay.backfill.period=2000");
    }

    private static void tell(Office office, Callers callers, String fault) {
        for (int i = 0; i < CALLS; i++) {
            office.pbx.play(callers.next(fault));
        }
    }
}
