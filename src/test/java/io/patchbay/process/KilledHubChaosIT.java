package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.runtime.Databases;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Calls come at their own pace while the hub is killed again and again: at any instant, while it starts, and between "the CRM did it" and "the ledger says so".
 * Afterwards everything is reconciled. What the PBX could not deliver to a dead hub comes from its history.
 *
 * <p>{@code mvn -Pchaos verify -Dchaos.kills=300 -Dchaos.seed=7} makes a long run of it. The instants come from the seed; what the hub does at them depends on the
 * machine.
 */
class KilledHubChaosIT {

    private static final int KILLS = Integer.getInteger("chaos.kills", 15);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> WORK = List.of("externalcall.register", "externalcall.finish", "crm.item.add");

    /** What must stand in the CRM because of one call, by the client's number. */
    private record Due(String status, long person, Instant toldAt) {}

    private final Random chance = new Random(SEED);
    private final Map<String, Due> due = new ConcurrentSkipListMap<>();
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();

    @Test
    void losesNothingAndDoublesNothing(@TempDir Path folder) throws Exception {
        System.out.println("chaos: seed " + SEED + ", kills " + KILLS);
        var port = HubProcess.freePort();
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        try (var office = new Office();
                var generator = Executors.newScheduledThreadPool(4)) {
            office.portal.selfHosted();
            var hub = launch(folder, port).ready();
            try {
                office.connectTo(hub);
                var calls = generator.scheduleAtFixedRate(
                        () -> call(office), 0, BETWEEN_CALLS.toMillis(), TimeUnit.MILLISECONDS);
                for (int i = 0; i < KILLS; i++) {
                    hub = killed(hub, office, folder, port, i);
                }
                calls.cancel(false);
                hub = hub.isAlive() ? hub.ready() : launch(folder, port).ready();
                awaitAllFinished(office.portal);
                hub.terminate();
                hub.exit();
            } finally {
                hub.close();
            }
            reconcile(office, folder);
        }
    }

    private HubProcess killed(HubProcess hub, Office office, Path folder, int port, int number) {
        switch (number % 3) {
            case 0 -> killAfterWorkWasDone(hub.ready(), office.portal);
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
        allFinished(office.portal);
        return launch(folder, port);
    }

    /** The CRM does the work, and its answer never comes: the hub dies waiting for it. */
    private void killAfterWorkWasDone(HubProcess hub, Bitrix24Portal portal) {
        var work = WORK.get(chance.nextInt(WORK.size()));
        var from = portal.requests().size();
        portal.misbehave(request -> is(request, work), 1, Misbehaviour.hang().afterwards());
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> portal.requests().stream().skip(from).anyMatch(request -> is(request, work)));
        } catch (ConditionTimeoutException still) {
            throw new IllegalStateException(
                    "The hub stands still: no " + work + " came of " + due.size() + " calls, " + delays.size()
                            + " of which are finished. Its log ends with\n" + hub.lastWords(),
                    still);
        }
        pause(50); // the portal notes a request before it does the work
        hub.kill();
        portal.behave();
    }

    /** What is still missing after this time is told by the table. */
    private void awaitAllFinished(Bitrix24Portal portal) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> allFinished(portal));
        } catch (ConditionTimeoutException lost) {
            System.out.println("chaos: not all is done in time");
        }
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

    private synchronized void call(Office office) {
        var number = "+7900" + (1_000_000 + due.size());
        var client = BeelineParty.outside(number);
        var stories = office.pbx.stories(Instant.now().minusSeconds(120));
        var person = chance.nextBoolean() ? 21 : 22;
        var employee = office.pbx.company().at(person == 21 ? "201" : "202");
        var answered = chance.nextInt(3) > 0;
        due.put(number, new Due(answered ? "200" : "304", person, Instant.now()));
        office.pbx.play(answered ? stories.answered(client, employee) : stories.missed(client, employee));
    }

    /** Notes what was finished since the last look, too. */
    private boolean allFinished(Bitrix24Portal portal) {
        for (var call : portal.calls()) {
            var told = due.get(call.phone());
            if (told != null && call.finish().isPresent()) {
                delays.computeIfAbsent(call.phone(), number -> Duration.between(told.toldAt(), Instant.now()));
            }
        }
        return delays.keySet().containsAll(due.keySet());
    }

    private void reconcile(Office office, Path folder) {
        var accepted = office.pbx.delivered().stream()
                .filter(event -> event.status() == 200)
                .count();
        var stored = count(
                folder,
                "SELECT COUNT(*) FROM raw_hook h JOIN connection c ON c.id = h.connection_id WHERE c.connector ="
                        + " 'beeline'");
        var undecoded = count(folder, "SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL");
        var journal = count(
                folder,
                "SELECT COUNT(*) FROM call WHERE client_e164 LIKE '+79001%' AND id NOT IN (SELECT old_id FROM"
                        + " call_redirect)");
        var calls = office.portal.calls();
        var lost = due.keySet().stream()
                .filter(number -> calls.stream()
                        .noneMatch(c -> c.phone().equals(number) && c.finish().isPresent()))
                .count();
        var doubled = calls.size()
                - calls.stream().map(Bitrix24Portal.Call::phone).distinct().count();
        var wrong = calls.stream()
                .filter(call -> call.finish().isPresent() && due.containsKey(call.phone()))
                .filter(call -> !call.finish()
                                .get()
                                .status()
                                .equals(due.get(call.phone()).status())
                        || call.finish().get().userId() != due.get(call.phone()).person())
                .count();
        var cards = office.portal.contacts().size() + office.portal.leads().size();
        var disorder = office.portal.problems().size();
        var worst = delays.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        System.out.printf(
                """
                chaos: seed %d, kills %d
                told | accepted events | stored | put aside | calls in journal | entries in CRM | lost | doubled | wrong person or result | cards | out of order | worst delay
                %4d | %15d | %6d | %9d | %16d | %14d | %4d | %7d | %22d | %5d | %12d | %s%n\
                """,
                SEED,
                KILLS,
                due.size(),
                accepted,
                stored,
                undecoded,
                journal,
                calls.size(),
                lost,
                doubled,
                wrong,
                cards,
                disorder,
                worst);

        assertThat(stored).as("accepted events that are not in the journal").isGreaterThanOrEqualTo(accepted);
        assertThat(undecoded).as("put aside").isZero();
        assertThat(journal).as("calls in the journal").isEqualTo(due.size());
        assertThat(lost).as("lost").isZero();
        assertThat(doubled).as("doubled").isZero();
        assertThat(wrong).as("wrong person or result").isZero();
        assertThat(cards).as("cards").isEqualTo(due.size());
        assertThat(office.portal.problems()).as("what the CRM complained of").isEmpty();
    }

    private static long count(Path folder, String sql) {
        try (var database = Databases.open("jdbc:sqlite:" + folder.resolve("data/patchbay.db"), "", "", 1)) {
            return JdbcClient.create(database).sql(sql).query(Long.class).single();
        }
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
