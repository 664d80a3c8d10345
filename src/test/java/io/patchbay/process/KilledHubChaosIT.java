package io.patchbay.process;

import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls come at their own pace while the hub is killed again and again: at any instant, while it starts, and between "the CRM did it" and "the ledger says so".
 * Afterwards everything is reconciled. What the PBX could not deliver to a dead hub comes from its history.
 *
 * <p>{@code mvn -Pchaos verify -Dchaos.kills=300 -Dchaos.seed=7} makes a long run of it. The instants come from the seed; what the hub does at them depends on the
 * machine.
 */
class KilledHubChaosIT {

    private static final String FAULT = "hub killed";
    private static final int KILLS = Integer.getInteger("chaos.kills", 15);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> WORK = List.of("externalcall.register", "externalcall.finish", "crm.item.add");

    private final Random chance = new Random(SEED);

    @Test
    void losesNothingAndDoublesNothing(@TempDir Path folder) throws Exception {
        System.out.println("chaos: seed " + SEED + ", kills " + KILLS);
        var port = HubProcess.freePort();
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        try (var office = new Office();
                var generator = Executors.newScheduledThreadPool(4)) {
            office.portal.selfHosted();
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            reconciliation.cutsTasks(FAULT);
            var callers = new Callers(office, new Random(SEED), reconciliation);
            var hub = launch(folder, port).ready();
            try {
                office.connectTo(hub);
                var calls = generator.scheduleAtFixedRate(
                        () -> office.pbx.play(callers.next(FAULT)), 0, BETWEEN_CALLS.toMillis(), TimeUnit.MILLISECONDS);
                for (int i = 0; i < KILLS; i++) {
                    hub = killed(hub, office, reconciliation, folder, port, i);
                }
                calls.cancel(false);
                hub = hub.isAlive() ? hub.ready() : launch(folder, port).ready();
                reconciliation.awaitDone(PATIENCE);
                hub.terminate();
                hub.exit();
            } finally {
                hub.close();
            }
            reconciliation.check("hub killed " + KILLS + " times, seed " + SEED, folder);
        }
    }

    private HubProcess killed(
            HubProcess hub, Office office, Reconciliation reconciliation, Path folder, int port, int number) {
        switch (number % 3) {
            case 0 -> killAfterWorkWasDone(hub.ready(), office.portal, reconciliation);
            case 1 -> {
                hub.ready();
                pause(chance.nextInt(3_000));
                hub.kill();
            }
            default -> {
                // while it starts
                pause(chance.nextInt(8_000));
                hub.kill();
            }
        }
        reconciliation.isDone();
        return launch(folder, port);
    }

    /** The CRM does the work, and its answer never comes: the hub dies waiting for it. */
    private void killAfterWorkWasDone(HubProcess hub, Bitrix24Portal portal, Reconciliation reconciliation) {
        var work = WORK.get(chance.nextInt(WORK.size()));
        var from = portal.requests().size();
        portal.misbehave(request -> is(request, work), 1, Misbehaviour.hang().afterwards());
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> portal.requests().stream().skip(from).anyMatch(request -> is(request, work)));
        } catch (ConditionTimeoutException still) {
            throw new IllegalStateException(
                    "The hub stands still: no " + work + " came of " + reconciliation.size() + " calls, "
                            + reconciliation.unfinished().size() + " of which are not finished. Its log ends with\n"
                            + hub.lastWords(),
                    still);
        }
        pause(50); // the portal notes a request before it does the work
        hub.kill();
        portal.behave();
    }

    private static boolean is(Request request, String work) {
        return request.path().toLowerCase(Locale.ROOT).contains(work);
    }

    private static HubProcess launch(Path folder, int port) {
        return HubProcess.launch(
                folder,
                port,
                "--patchbay.backfill.delay=2000",
                "--patchbay.backfill.period=5000",
                "--patchbay.upkeep.period=1000");
    }

    /** Lets the hub come to a random instant of its work; nothing is concluded from the time. */
    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
