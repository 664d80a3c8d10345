package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the hub is full: what it accepts it keeps, the rest it refuses as its own trouble, and it goes on by itself once there is room. */
class FullDiskChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEGABYTES = 64;
    private static final int CALLS = 3;
    private static final String TYPE = "text/x-own";
    private static final int SIZE = 60_000; // bytes: fills the broker's journal soon, and is no large message yet
    private static final String TAKEN = "200 ";
    private static final String REFUSED = "503 5";

    /** As shipped: hooks are refused before the last byte is taken. */
    @Test
    void keepsWhatItAcceptsAndGoesOnWhenThereIsRoom(@TempDir Path folder) throws Exception {
        keepsWhatItAccepts(folder, 95);
    }

    /** Somebody else took the last byte: the broker itself dies of it. */
    @Test
    @Tag("slow")
    void keepsWhatItAcceptsWhenNotAByteIsLeft(@TempDir Path folder) throws Exception {
        keepsWhatItAccepts(folder, 100);
    }

    private static void keepsWhatItAccepts(Path folder, int mostPercent) throws Exception {
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        ConnectorsBeside.withoutPace(folder, "beeline");
        try (var disk = new SmallDisk(folder.resolve("data"), MEGABYTES);
                var office = new Office();
                var hub = HubProcess.launch(
                                folder,
                                "--patchbay.broker.max-disk-percent=" + mostPercent,
                                "--patchbay.effect.first-pause=1s",
                                "--patchbay.effect.longest-pause=4s",
                                "--patchbay.backfill.delay=2000",
                                "--patchbay.backfill.period=2000")
                        .ready()) {
            office.portal.selfHosted();
            var hook = office.connectTo(hub).pbxHook();
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, new Random(SEED), reconciliation);
            tell(office, callers, "before the disk is full");
            reconciliation.awaitDone(PATIENCE);

            disk.fill();
            tell(office, callers, "disk full");
            var answers = new ArrayList<String>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                answers.add(answer(hub, hook));
                return !answers.getLast().equals(TAKEN);
            });
            for (int i = 0; i < CALLS; i++) {
                answers.add(answer(hub, hook));
            }
            tell(office, callers, "disk full");
            assertThat(answers).isSubsetOf(TAKEN, REFUSED);

            disk.empty();
            await().atMost(PATIENCE).until(() -> {
                answers.add(answer(hub, hook));
                return answers.getLast().equals(TAKEN);
            });
            tell(office, callers, "there is room again");
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("disk full to " + mostPercent + " %, seed " + SEED, folder);
            try (var memory = new HubMemory(folder)) {
                var taken = answers.stream().filter(TAKEN::equals).count();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(memory.count(
                                        "SELECT COUNT(*) FROM raw_hook WHERE headers LIKE '%" + TYPE + "%'"))
                                .as("hooks that were accepted are kept")
                                .isEqualTo(taken));
            }
        }
    }

    private static String answer(HubProcess hub, URI hook) {
        var answer = hub.hook(hook, TYPE, new byte[SIZE]);
        return answer.statusCode() + " "
                + answer.headers().firstValue("Retry-After").orElse("");
    }

    private static void tell(Office office, Callers callers, String fault) {
        for (int i = 0; i < CALLS; i++) {
            office.pbx.play(callers.next(fault));
        }
    }
}
