package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to a CRM is refused, silent or not to be trusted: nothing is said to whoever answers there, calls wait, and all is done when the line is back. */
@Tag("slow")
class FailingLineChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CALLS = 2; // a fault

    @Test
    void callsWaitForTheLineAndNothingGoesOverABadOne(@TempDir Path folder) throws Exception {
        var certificates = new Certificates(folder);
        var good = certificates.good();
        var expired = certificates.expired();
        var elsewhere = certificates.ofAnotherHost();
        var stranger = certificates.ofAStranger();
        ConnectorsBeside.hasty(folder, "bitrix24", Duration.ofSeconds(3));
        try (var office = new Office();
                var wire = new Wire(office.portal.address(), good);
                var hub = HubProcess.launch(
                                folder,
                                certificates.trusted(),
                                "--patchbay.effect.first-pause=1s",
                                "--patchbay.effect.longest-pause=4s")
                        .ready()) {
            office.portal.selfHosted();
            office.connectTo(hub, wire.address() + "/rest");
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, new Random(SEED), reconciliation);
            var faults = new LinkedHashMap<String, Runnable>();
            faults.put("nobody listens", wire::refuse);
            faults.put("takes the connection and is silent", wire::swallow);
            faults.put("cut in the handshake", wire::cutInTheHandshake);
            faults.put("answers in plain", wire::answerInPlain);
            faults.put("certificate has expired", () -> wire.show(expired));
            faults.put("certificate of another host", () -> wire.show(elsewhere));
            faults.put("certificate of a stranger", () -> wire.show(stranger));
            faults.forEach((name, hurt) -> {
                hurt.run();
                var before = office.portal.requests().size();
                var failed = failures(hub);
                for (int i = 0; i < CALLS; i++) {
                    office.pbx.play(callers.next(name));
                }
                await().atMost(PATIENCE).until(() -> failures(hub) > failed);
                assertThat(office.portal.requests()).as(name).hasSize(before);
                wire.restore();
                reconciliation.awaitDone(PATIENCE);
            });
            reconciliation.check("lines that fail, seed " + SEED, folder);
        }
    }

    private static long failures(HubProcess hub) {
        return hub.log()
                .lines()
                .filter(line -> line.contains("api.sent") && line.contains("verdict=unreachable"))
                .count();
    }
}
