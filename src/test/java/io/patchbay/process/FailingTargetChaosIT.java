package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real hub beside a CRM that fails in every way it can, and a PBX that tells its events three times, in any order, or cut off. Afterwards each call stands in
 * the CRM once, with the right person.
 *
 * <p>Each fault hits one request of each kind of work, some of them after the CRM did it; a call that is repeated may run into the next one.
 */
class FailingTargetChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CALLS = 2; // a fault
    private static final List<String> WORK = List.of("externalcall.register", "externalcall.finish", "crm.item.add");

    private final Random chance = new Random(SEED);
    private final Map<String, Turn> turnOf = new LinkedHashMap<>();
    private int next;

    private record Turn(String fault, String status, long person, Instant toldAt) {}

    @Test
    @Tag("slow")
    void everyCallStandsOnceInACrmThatFails(@TempDir Path folder) throws Exception {
        System.out.println("chaos: target faults, seed " + SEED);
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        try (var office = new Office();
                var hub = HubProcess.launch(folder, "--patchbay.effect.first-pause=1s", "--patchbay.effect.probe=3s")
                        .ready()) {
            office.portal.selfHosted();
            var hook = office.connectTo(hub);
            faults().forEach((name, how) -> {
                WORK.forEach(work -> office.portal.misbehave(request -> is(request, work), 1, how));
                told(office, name, story -> office.pbx.play(story));
            });
            told(office, "webhooks three times and in any order", story -> shuffled(office, story));
            told(office, "webhooks cut", story -> {
                assertThat(hub.hook(hook, "application/xml", half(lastXml(office)))
                                .statusCode())
                        .as("half an event")
                        .isEqualTo(200);
                office.pbx.play(story);
            });
            awaitFinished(office);
            reconcile(office);
        }
    }

    private static Map<String, Misbehaviour> faults() {
        var all = new LinkedHashMap<String, Misbehaviour>();
        all.put("500", Misbehaviour.answer(Reply.empty(500)));
        all.put(
                "500 although it did the work",
                Misbehaviour.answer(Reply.empty(500)).afterwards());
        all.put("503", Misbehaviour.answer(Reply.empty(503)));
        all.put("429 with Retry-After", Misbehaviour.answer(new Reply(429, Map.of("Retry-After", "1"), new byte[0])));
        all.put("cut before the answer", Misbehaviour.cut());
        all.put("cut although it did the work", Misbehaviour.cut().afterwards());
        all.put("half an answer, the work done", Misbehaviour.breakOff());
        all.put("garbage", Misbehaviour.answer(Reply.of(200, "application/json", "{\"resu")));
        all.put(
                "garbage although it did the work",
                Misbehaviour.answer(Reply.of(200, "application/json", "{\"resu"))
                        .afterwards());
        all.put(
                "an HTML page with 200",
                Misbehaviour.answer(Reply.of(200, "text/html", "<html><body>Sign in</body></html>")));
        all.put(
                "the token has expired",
                Misbehaviour.answer(Reply.json(
                        401,
                        "{\"error\":\"expired_token\",\"error_description\":\"The access token provided has"
                                + " expired.\"}")));
        all.put("late", Misbehaviour.late(Duration.ofSeconds(2)));
        return all;
    }

    private void told(Office office, String fault, Consumer<BeelineStory> how) {
        for (int i = 0; i < CALLS; i++) {
            var number = "+7900" + (2_000_000 + next++);
            var person = chance.nextBoolean() ? 21 : 22;
            var employee = office.pbx.company().at(person == 21 ? "201" : "202");
            var client = BeelineParty.outside(number);
            var answered = chance.nextBoolean();
            var stories = office.pbx.stories(Instant.now().minusSeconds(120));
            turnOf.put(number, new Turn(fault, answered ? "200" : "304", person, Instant.now()));
            how.accept(answered ? stories.answered(client, employee) : stories.missed(client, employee));
        }
    }

    private void shuffled(Office office, BeelineStory story) {
        var moments = new ArrayList<BeelineStory.Moment>();
        for (int i = 0; i < 3; i++) {
            moments.addAll(story.moments());
        }
        Collections.shuffle(moments, chance);
        moments.forEach(moment -> office.pbx.push(story, moment));
        office.pbx.remember(story);
    }

    private static byte[] half(String xml) {
        return xml.substring(0, xml.length() / 2).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean is(Request request, String work) {
        return request.path().toLowerCase(Locale.ROOT).contains(work);
    }

    /** What is still missing after this time is told by the table. */
    private void awaitFinished(Office office) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> unfinished(office).isEmpty());
        } catch (ConditionTimeoutException lost) {
            System.out.println("chaos: not all is done in time");
        }
    }

    private static String lastXml(Office office) {
        return office.pbx.delivered().getLast().xml();
    }

    private List<String> unfinished(Office office) {
        var calls = office.portal.calls();
        return turnOf.keySet().stream()
                .filter(number -> calls.stream()
                        .noneMatch(call ->
                                call.phone().equals(number) && call.finish().isPresent()))
                .toList();
    }

    private void reconcile(Office office) {
        var calls = office.portal.calls();
        var problems = new ArrayList<String>();
        turnOf.forEach((number, turn) -> {
            var own = calls.stream().filter(call -> call.phone().equals(number)).toList();
            var cards = cards(office, number);
            if (own.size() != 1) {
                problems.add(turn.fault() + ": " + own.size() + " entries");
            } else if (own.getFirst().finish().isEmpty()) {
                problems.add(turn.fault() + ": never finished");
            } else {
                var finish = own.getFirst().finish().orElseThrow();
                if (finish.userId() != turn.person() || !finish.status().equals(turn.status())) {
                    problems.add(turn.fault() + ": " + finish + " instead of " + turn);
                }
            }
            if (cards != 1) {
                problems.add(turn.fault() + ": " + cards + " cards of one client");
            }
        });
        System.out.printf(
                "chaos: target faults: told %d | entries %d | unfinished %d | wrong %s | the CRM complained of %s%n",
                turnOf.size(), calls.size(), unfinished(office).size(), problems, office.portal.problems());
        assertThat(problems).isEmpty();
        assertThat(calls).hasSize(turnOf.size());
        assertThat(office.portal.problems()).isEmpty();
    }

    private static long cards(Office office, String number) {
        return office.portal.contacts().stream()
                        .filter(client -> client.phones().contains(number))
                        .count()
                + office.portal.leads().stream()
                        .filter(client -> client.phones().contains(number))
                        .count();
    }
}
