package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real hub beside a CRM that fails in every way it can: before it did the work, after it, and in the middle of its answer. Each fault alone, and all of them mixed
 * from a seed: {@code -Dchaos.seed=7 -Dchaos.seconds=600}.
 */
class FailingTargetChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration MIXED = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 12));
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration ANSWER = Duration.ofSeconds(3); // the connector's patience in these tests
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);
    private static final int CALLS = 2; // a fault
    private static final List<String> WORK = List.of(
            "externalcall.register", "externalcall.finish", "externalcall.attachrecord", "crm.activity.todo.add");
    private static final String CARD = "crm.item.add";

    private final Random chance = new Random(SEED);

    @Test
    @Tag("slow")
    void everyCallStandsOnceInACrmThatFailsInOneWay(@TempDir Path folder) throws Exception {
        System.out.println("chaos: target faults one by one, seed " + SEED);
        try (var office = new Office();
                var hub = hub(folder)) {
            office.portal.selfHosted();
            office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            faults().forEach((name, how) -> {
                if (doesTheWork(how)) {
                    reconciliation.cutsTasks(name);
                }
                WORK.forEach(work -> office.portal.misbehave(request -> is(request, work), 1, how));
                for (int i = 0; i < CALLS; i++) {
                    office.pbx.play(callers.next(name));
                }
                reconciliation.awaitDone(PATIENCE);
                office.portal.behave();
            });
            faults().forEach((name, how) -> failsAtTheCard(office, callers, name, how));
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("target faults, each alone, seed " + SEED, folder);
        }
    }

    /**
     * Whether a card was made is not asked for a minute, in case the CRM is still at it: all faults spend this minute together, each with a client of its own.
     */
    private static void failsAtTheCard(Office office, Callers callers, String name, Misbehaviour how) {
        var story = callers.next(name);
        var number = callers.last();
        office.portal.misbehave(request -> is(request, CARD) && request.text().contains(number), 1, how);
        office.pbx.play(story);
    }

    @Test
    void everyCallStandsOnceInACrmThatFailsInManyWaysAtOnce(@TempDir Path folder) throws Exception {
        System.out.println("chaos: target faults mixed for " + MIXED.toSeconds() + " s, seed " + SEED);
        try (var office = new Office();
                var hub = hub(folder);
                var generator = Executors.newSingleThreadScheduledExecutor()) {
            office.portal.selfHosted();
            office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            reconciliation.cutsTasks("mixed");
            var callers = new Callers(office, chance, reconciliation);
            var ways = List.copyOf(faults().values());
            var work = Stream.concat(WORK.stream(), Stream.of(CARD)).toList();
            var calls = generator.scheduleAtFixedRate(
                    () -> {
                        var hurt = work.get(chance.nextInt(work.size()));
                        var how = ways.get(chance.nextInt(ways.size()));
                        office.portal.misbehave(request -> is(request, hurt), 1 + chance.nextInt(2), how);
                        office.pbx.play(callers.next("mixed"));
                    },
                    0,
                    BETWEEN_CALLS.toMillis(),
                    TimeUnit.MILLISECONDS);
            await().atMost(MIXED.plus(PATIENCE))
                    .until(() -> calls.isDone() || reconciliation.size() >= MIXED.dividedBy(BETWEEN_CALLS));
            calls.cancel(false);
            office.portal.behave();
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("target faults mixed, seed " + SEED, folder);
        }
    }

    @Test
    @Tag("slow")
    void noRequestComesBeforeTheTimeThatATooManyRequestsAskedFor(@TempDir Path folder) throws Exception {
        var asked = Duration.ofSeconds(8);
        var came = new CopyOnWriteArrayList<Instant>();
        try (var office = new Office();
                var hub = hub(folder)) {
            office.portal.selfHosted();
            office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            office.portal.misbehave(
                    request -> is(request, "externalcall.register") && came.add(Instant.now()),
                    1,
                    Misbehaviour.answer(tooMany(asked)));
            office.portal.misbehave(
                    request -> !came.isEmpty() && came.add(Instant.now()) && false, 1, Misbehaviour.cut());
            for (int i = 0; i < 5; i++) {
                office.pbx.play(callers.next("429, Retry-After: " + asked.toSeconds()));
            }
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("a target that wants to be left alone", folder);
            assertThat(came).hasSizeGreaterThan(1);
            assertThat(Duration.between(came.get(0), came.get(1)))
                    .as("until the next request after the 429")
                    .isGreaterThanOrEqualTo(asked);
        }
    }

    private static HubProcess hub(Path folder) throws IOException {
        ConnectorsBeside.hasty(folder, "bitrix24", ANSWER);
        return HubProcess.launch(
                        folder,
                        "--patchbay.effect.first-pause=1s",
                        "--patchbay.effect.longest-pause=4s",
                        "--patchbay.effect.probe=3s")
                .ready();
    }

    private static Map<String, Misbehaviour> faults() {
        var all = new LinkedHashMap<String, Misbehaviour>();
        var garbage = Misbehaviour.answer(Reply.of(200, "application/json", "{\"resu"));
        all.put("500", Misbehaviour.answer(Reply.empty(500)));
        all.put("500 although it did the work", all.get("500").afterwards());
        all.put("503", Misbehaviour.answer(Reply.empty(503)));
        all.put("429 with Retry-After", Misbehaviour.answer(tooMany(Duration.ofSeconds(1))));
        all.put("cut before the answer", Misbehaviour.cut());
        all.put("cut although it did the work", Misbehaviour.cut().afterwards());
        all.put("half an answer, the work done", Misbehaviour.breakOff());
        all.put("garbage", garbage);
        all.put("garbage although it did the work", garbage.afterwards());
        all.put(
                "an HTML page with 200",
                Misbehaviour.answer(Reply.of(200, "text/html", "<html><body>Sign in</body></html>")));
        all.put(
                "the token has expired",
                Misbehaviour.answer(Reply.json(
                        401,
                        "{\"error\":\"expired_token\",\"error_description\":\"The access token provided has"
                                + " expired.\"}")));
        all.put("slow, but in time", Misbehaviour.late(ANSWER.dividedBy(2)));
        all.put("hangs", Misbehaviour.hang());
        all.put("hangs although it did the work", Misbehaviour.hang().afterwards());
        all.put(
                "answers after the time-out",
                Misbehaviour.late(ANSWER.plusSeconds(1)).afterwards());
        return all;
    }

    private static boolean doesTheWork(Misbehaviour how) {
        return how.afterDoing() || how.kind() == Misbehaviour.Kind.BREAK_OFF;
    }

    private static Reply tooMany(Duration retryAfter) {
        return new Reply(429, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())), new byte[0]);
    }

    private static boolean is(Request request, String work) {
        return request.path().toLowerCase(Locale.ROOT).contains(work);
    }
}
