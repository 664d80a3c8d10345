package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One CRM hangs and one is slow: the two beside them get their calls as soon as before. How much later is printed, as a ratio within this run; with
 * {@code -Dchaos.strict=true}, on a machine with nothing else to do, it must be under a tenth.
 */
@Tag("slow")
class BadNeighbourChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final boolean STRICT = Boolean.getBoolean("chaos.strict");
    private static final int CALLS = Integer.getInteger("chaos.neighbour.calls", 40);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String GOOD = "all CRMs well";
    private static final String BAD = "one CRM hangs, one is slow";
    private static final double MOST = 1.1; // of what it was

    @Test
    void doesNotHoldUpTheOthers(@TempDir Path folder) throws Exception {
        ConnectorsBeside.hasty(folder, "bitrix24", Duration.ofSeconds(3));
        try (var office = new Office();
                var second = new Bitrix24Portal(0, Clock.systemUTC());
                var dead = new Bitrix24Portal(0, Clock.systemUTC());
                var slow = new Bitrix24Portal(0, Clock.systemUTC());
                var hub = HubProcess.launch(
                                folder, "--patchbay.effect.first-pause=1s", "--patchbay.effect.longest-pause=8s")
                        .ready()) {
            office.portal.selfHosted();
            office.connectTo(hub);
            office.connectMore(hub, second, 3);
            office.connectMore(hub, dead, 4);
            office.connectMore(hub, slow, 5);
            var one = new Reconciliation(office.pbx, office.portal);
            var other = new Reconciliation(office.pbx, second);
            var ofDead = new Reconciliation(office.pbx, dead);
            var ofSlow = new Reconciliation(office.pbx, slow);
            ofDead.cutsTasks(BAD);
            ofSlow.cutsTasks(BAD);
            var callers = new Callers(office, new Random(SEED), one, other, ofDead, ofSlow);

            tell(office, callers, "warming up", one, other);
            tell(office, callers, GOOD, one, other);
            ofDead.awaitDone(PATIENCE);
            ofSlow.awaitDone(PATIENCE);
            dead.misbehave(request -> true, Integer.MAX_VALUE, Misbehaviour.hang());
            slow.misbehave(request -> true, Integer.MAX_VALUE, Misbehaviour.late(Duration.ofSeconds(2)));
            tell(office, callers, BAD, one, other);

            assertThat(ofDead.unfinished())
                    .as("calls that wait for the dead one")
                    .hasSize(CALLS);
            var ratio = Math.max(ratio("first", one), ratio("second", other));
            dead.behave();
            slow.behave();
            ofDead.awaitDone(PATIENCE);
            ofSlow.awaitDone(PATIENCE);
            one.check("the first healthy CRM, seed " + SEED, folder);
            other.check("the second healthy CRM, seed " + SEED, folder);
            ofDead.check("the CRM that hung, seed " + SEED, folder);
            ofSlow.check("the CRM that was slow, seed " + SEED, folder);
            if (STRICT) {
                assertThat(ratio).as("p99 of the healthy ones").isLessThan(MOST);
            }
        }
    }

    /** At a pace of their own, until both have all of them. */
    private static void tell(Office office, Callers callers, String fault, Reconciliation one, Reconciliation other) {
        try (var generator = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < CALLS; i++) {
                generator.schedule(
                        () -> office.pbx.play(callers.next(fault)),
                        BETWEEN_CALLS.multipliedBy(i).toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isDone(one, fault) & isDone(other, fault));
        }
    }

    private static boolean isDone(Reconciliation reconciliation, String fault) {
        return reconciliation.isDone() & reconciliation.delays(fault).size() == CALLS;
    }

    private static double ratio(String which, Reconciliation reconciliation) {
        var good = reconciliation.delays(GOOD);
        var bad = reconciliation.delays(BAD);
        var ratio = (double) p(99, bad).toMillis() / p(99, good).toMillis();
        System.out.printf(
                "chaos: %s healthy CRM: p50 %d -> %d ms, p99 %d -> %d ms, %.2f of what it was%n",
                which,
                p(50, good).toMillis(),
                p(50, bad).toMillis(),
                p(99, good).toMillis(),
                p(99, bad).toMillis(),
                ratio);
        return ratio;
    }

    private static Duration p(int percent, List<Duration> sorted) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }
}
