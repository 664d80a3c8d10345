package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.BeelineStory;
import io.patchbay.sandbox.Bitrix24Portal;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The hub's clock jumps an hour, and its company's zone changes to winter time. The systems beside it keep the right time: no call is lost or doubled, and each stands
 * in the CRM with the time at which it really began.
 */
class ClockJumpIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration HOUR = Duration.ofHours(1);

    private final JumpingClock clock = new JumpingClock();

    @Test
    void noCallIsLostDoubledOrMisdatedWhenTheClockJumps(@TempDir Path folder) {
        try (var pbx = RunningHub.pbx();
                var portal = new Bitrix24Portal();
                var hub = connected(folder, pbx, portal)) {
            told(pbx, portal, "+79000001001");

            clock.jump(HOUR);
            told(pbx, portal, "+79000001002");
            fails(portal);
            told(pbx, portal, "+79000001003");

            clock.jump(HOUR.negated());
            told(pbx, portal, "+79000001004");

            fails(portal);
            var waiting = story(pbx, "+79000001005");
            pbx.play(waiting);
            await().atMost(PATIENCE)
                    .until(() -> portal.requests(request -> request.text().contains("+79000001005")
                                            && request.path().contains("register"))
                                    .size()
                            >= 1);
            clock.jump(HOUR.negated());
            var ahead = story(pbx, "+79000001006");
            pbx.play(ahead);
            await().atMost(PATIENCE)
                    .until(() -> portal.calls().stream()
                            .anyMatch(call ->
                                    call.phone().equals("+79000001006"))); // its end is yet to come by the hub's clock
            clock.jump(HOUR);
            done(portal, waiting, "+79000001005");
            done(portal, ahead, "+79000001006");

            assertThat(portal.calls()).hasSize(6);
            assertThat(portal.contacts().size() + portal.leads().size()).isEqualTo(6);
            assertThat(portal.problems()).isEmpty();
            assertThat(hub.bean(JdbcClient.class)
                            .sql("SELECT COUNT(*) FROM call")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(6);
        }
    }

    /** Both calls began at 02:30 by the clock on the wall in Berlin: one before, one after it was put back. */
    @Test
    void theHourThatComesTwiceIsToldApart(@TempDir Path folder) {
        try (var pbx = RunningHub.pbx();
                var portal = new Bitrix24Portal();
                var hub = connected(folder, pbx, portal)) {
            hub.bean(JdbcClient.class)
                    .sql("UPDATE company SET time_zone = 'Europe/Berlin'")
                    .update();
            var before = talk(pbx, "+79000001007", Instant.parse("2026-10-25T00:30:00Z"));
            var after = talk(pbx, "+79000001008", Instant.parse("2026-10-25T01:30:00Z"));
            pbx.play(before);
            pbx.play(after);
            done(portal, before, "+79000001007");
            done(portal, after, "+79000001008");
            assertThat(portal.requests(request -> request.path().contains("register")))
                    .extracting(
                            request -> request.json().path("CALL_START_DATE").asString())
                    .containsExactlyInAnyOrder("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00");
        }
    }

    private RunningHub connected(Path folder, BeelinePbx pbx, Bitrix24Portal portal) {
        portal.selfHosted();
        portal.employee(21, "Иван", "Петров", "201");
        var hub = new RunningHub(folder, clock, "patchbay.effect.first-pause=5s", "patchbay.effect.longest-pause=5s");
        hub.connect(pbx);
        hub.connect(portal);
        await().atMost(PATIENCE)
                .until(() ->
                        !portal.bindings().isEmpty() && !pbx.liveSubscriptions().isEmpty());
        return hub;
    }

    /** The next attempt is put off by the hub's clock. */
    private static void fails(Bitrix24Portal portal) {
        portal.misbehave(request -> request.path().contains("register"), 1, Misbehaviour.answer(Reply.empty(503)));
    }

    private static void told(BeelinePbx pbx, Bitrix24Portal portal, String number) {
        var story = story(pbx, number);
        pbx.play(story);
        done(portal, story, number);
    }

    private static BeelineStory story(BeelinePbx pbx, String number) {
        return talk(pbx, number, Instant.now().minusSeconds(120));
    }

    private static BeelineStory talk(BeelinePbx pbx, String number, Instant start) {
        return pbx.stories(start)
                .answered(BeelineParty.outside(number), pbx.company().at("201"));
    }

    private static void done(Bitrix24Portal portal, BeelineStory story, String number) {
        await().atMost(PATIENCE)
                .until(() -> portal.calls().stream()
                        .anyMatch(call ->
                                call.phone().equals(number) && call.finish().isPresent()));
        var call = portal.calls().stream()
                .filter(one -> one.phone().equals(number))
                .findFirst()
                .orElseThrow();
        assertThat(call.startedAt()).isEqualTo(story.moments().getFirst().at().truncatedTo(ChronoUnit.SECONDS));
        assertThat(call.finish().orElseThrow().seconds()).isEqualTo(60);
    }

    /** The right time and some more. */
    private static final class JumpingClock extends Clock {

        private final AtomicReference<Duration> more = new AtomicReference<>(Duration.ZERO);

        private void jump(Duration by) {
            more.updateAndGet(before -> before.plus(by));
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(more.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
