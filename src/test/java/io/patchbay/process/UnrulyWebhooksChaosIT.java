package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelineStory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A PBX tells its events several times, in any order, hours late, cut off, or not at all, while its history is read again every two seconds. Each call stands in the
 * CRM once.
 */
class UnrulyWebhooksChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LATE = Duration.ofHours(3);
    private static final int CALLS = 2; // a fault
    private static final int AT_ONCE = 50;

    private final Random chance = new Random(SEED);

    @Test
    void everyCallStandsOnceHoweverItsEventsCome(@TempDir Path folder) throws Exception {
        try (var office = new Office();
                var hub = hub(folder)) {
            office.portal.selfHosted();
            var hook = office.connectTo(hub).pbxHook();
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);

            several(callers, "twice", story -> repeated(office, story, 2, false));
            several(callers, "three times", story -> repeated(office, story, 3, false));
            several(callers, "in any order", story -> repeated(office, story, 1, true));
            several(callers, "three times in any order", story -> repeated(office, story, 3, true));
            several(callers, "an event cut off before", story -> {
                assertThat(hub.hook(hook, "application/xml", half(office)).statusCode())
                        .as("half an event")
                        .isEqualTo(200);
                breakOff(hook, half(office));
                office.pbx.play(story);
            });
            hoursLate(office, reconciliation, callers);

            readAgain(office);
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("webhooks as they come, seed " + SEED, folder);
        }
    }

    @Test
    void fiftyFirstCallsOfANumberAtOnceMakeOneCard(@TempDir Path folder) throws Exception {
        try (var office = new Office();
                var hub = hub(folder)) {
            office.portal.selfHosted();
            office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            // held up on their way and come all at once: one number cannot ring one phone twice in a second
            office.pbx.playTogether(IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> callers.of(
                            "+79000005050", AT_ONCE + " first calls at once", Duration.ofSeconds(120 + 90L * i)))
                    .toList());
            reconciliation.awaitDone(PATIENCE);
            reconciliation.check("one number, seed " + SEED, folder);
        }
    }

    /** The PBX loses the subscription without a word: its calls come from the history, the silence is told, and the webhooks are asked for anew. */
    @Test
    @Tag("slow")
    void aSubscriptionThatDiedIsNoticedAndLosesNoCall(@TempDir Path folder) throws Exception {
        try (var office = new Office();
                var hub = hub(folder, "--patchbay.watch.settle=1s", "--patchbay.watch.period=1000")) {
            office.portal.selfHosted();
            office.connectTo(hub);
            hub.put("/api/v1/watch", """
                {"days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
                 "opens": "00:00", "closes": "00:00", "silenceMinutes": 1}\
                """);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, chance, reconciliation);
            several(callers, "before", office.pbx::play);
            office.pbx.forgetSubscriptions();
            several(callers, "webhooks have stopped", office.pbx::play);
            assertThat(office.pbx.liveSubscriptions()).isEmpty();
            reconciliation.awaitDone(PATIENCE);
            await().atMost(PATIENCE).until(() -> hub.log().contains("concern=SILENCE"));
            reconciliation.check("a subscription that died, seed " + SEED, folder);
        }
    }

    private static HubProcess hub(Path folder, String... more) throws IOException {
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        ConnectorsBeside.withoutPace(folder, "beeline");
        var settings = new ArrayList<>(List.of(
                "--patchbay.backfill.delay=2000", "--patchbay.backfill.period=2000", "--patchbay.backfill.overlap=6h"));
        settings.addAll(List.of(more));
        return HubProcess.launch(folder, settings.toArray(String[]::new)).ready();
    }

    private static void several(Callers callers, String fault, Consumer<BeelineStory> how) {
        for (int i = 0; i < CALLS; i++) {
            how.accept(callers.next(fault));
        }
    }

    private void repeated(Office office, BeelineStory story, int times, boolean shuffled) {
        var moments = new ArrayList<BeelineStory.Moment>();
        for (int i = 0; i < times; i++) {
            moments.addAll(story.moments());
        }
        if (shuffled) {
            Collections.shuffle(moments, chance);
        }
        moments.forEach(moment -> office.pbx.push(story, moment));
        office.pbx.remember(story);
    }

    private static void hoursLate(Office office, Reconciliation reconciliation, Callers callers) {
        var stories = Stream.generate(() -> callers.next("hours late, the history came first", LATE))
                .limit(CALLS)
                .toList();
        stories.forEach(office.pbx::remember);
        reconciliation.awaitDone(PATIENCE);
        stories.forEach(story -> story.moments().forEach(moment -> office.pbx.push(story, moment)));
    }

    /** The same history is read twice more from its beginning. */
    private static void readAgain(Office office) {
        var read = comparisons(office);
        await().atMost(PATIENCE).until(() -> comparisons(office) >= read + 2);
    }

    private static int comparisons(Office office) {
        return office.pbx
                .requests(request -> request.path().endsWith("/statistics"))
                .size();
    }

    /** Of an event that never comes whole. */
    private static byte[] half(Office office) {
        var xml = office.pbx.delivered().getLast().xml().replace("<xsi:eventID>", "<xsi:eventID>cut-");
        return xml.substring(0, xml.length() / 2).getBytes(StandardCharsets.UTF_8);
    }

    /** More is announced than ever comes. */
    private static void breakOff(URI hook, byte[] half) {
        try (var socket = new Socket(hook.getHost(), hook.getPort())) {
            var head = "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
                    .formatted(hook.getPath(), hook.getAuthority(), half.length * 2);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(half);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
