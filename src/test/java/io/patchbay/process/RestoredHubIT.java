package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.care.CareCommand;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.Bitrix24Portal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub is backed up while calls flow, killed, and restored in another folder: every call that was told before the back-up is there once. */
class RestoredHubIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(150);
    private static final int CALLS_BEFORE = 15;

    /** The history would bring back what a back-up had lost. */
    private static final String[] SETTINGS = {"--patchbay.backfill.delay=36000000", "--patchbay.upkeep.period=1000"};

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void hasEveryCallThatWasToldBeforeTheBackupOnce(@TempDir Path folder) throws Exception {
        var first = Files.createDirectories(folder.resolve("first"));
        var second = Files.createDirectories(folder.resolve("second"));
        var file = folder.resolve("backup.zip");
        try (var office = new Office();
                var generator = Executors.newScheduledThreadPool(2)) {
            List<String> before;
            office.portal.selfHosted();
            try (var hub = HubProcess.launch(first, SETTINGS).ready()) {
                office.connectTo(hub);
                generator.scheduleAtFixedRate(() -> call(office), 0, BETWEEN_CALLS.toMillis(), TimeUnit.MILLISECONDS);
                await().atMost(PATIENCE).until(() -> told.size() >= CALLS_BEFORE);
                before = List.copyOf(told);

                assertThat(run("backup", file, first)).contains("Backed up to");
                var meanwhile = told.size();
                await().atMost(PATIENCE).until(() -> told.size() > meanwhile); // it goes on
                generator.shutdownNow();
                hub.kill();
            }
            assertThat(run("restore", file, second)).contains("Restored to");
            Files.copy(first.resolve("data/vault.key"), second.resolve("data/vault.key"));
            try (var hub = HubProcess.launch(second, SETTINGS).ready()) {
                for (var number : before) {
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(hub.get("/api/v1/calls?number=" + number.substring(1))
                                            .path("items"))
                                    .as("calls of %s", number)
                                    .hasSize(1));
                }
                assertThat(hub.get("/api/v1/connections").path("items")).hasSize(2);
                var written = folder.resolve("configuration.yaml");
                assertThat(run("export", written, second)).contains("Written to");
                assertThat(written).content().contains("beeline/PBX").doesNotContain(Bitrix24Portal.CLIENT_SECRET);
                assertThat(run("import", written, second)).contains("All is as the file says.");
            }
        }
    }

    @Test
    void saysInASentenceWhyItIsNotRestored(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("backup.zip"), "no archive");
        var filled = Files.createDirectories(folder.resolve("filled/data"));
        Files.writeString(filled.resolve("patchbay.db"), "");

        assertThat(run("restore", file, folder.resolve("filled")))
                .contains("is not empty. Restore into an empty folder");
        assertThat(run("restore", file, folder.resolve("empty"))).contains("is no whole back-up");
        assertThat(run("restore", folder.resolve("nowhere.zip"), folder.resolve("empty")))
                .contains("cannot be read");
        assertThat(folder.resolve("empty/data")).doesNotExist();
    }

    /** Told: the hub has answered every event of it, so it has accepted them all. */
    private void call(Office office) {
        var number = "+7900" + (2_000_000 + next.getAndIncrement());
        var stories = office.pbx.stories(Instant.now().minusSeconds(120));
        var from = office.pbx.delivered().size();
        office.pbx.play(stories.answered(
                BeelineParty.outside(number), office.pbx.company().at("201")));
        office.pbx.awaitDeliveries();
        var delivered = office.pbx.delivered();
        if (delivered.subList(from, delivered.size()).stream().allMatch(event -> event.status() == 200)) {
            told.add(number);
        }
    }

    private static String run(String word, Path file, Path hub) {
        var said = new StringWriter();
        CareCommand.run(
                new String[] {word, file.toString(), "--patchbay.data-dir=" + hub.resolve("data")},
                new PrintWriter(said, true));
        return said.toString();
    }
}
