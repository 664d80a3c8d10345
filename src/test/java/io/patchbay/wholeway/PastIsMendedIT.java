package io.patchbay.wholeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connection.ConnectionId;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fifty calls whose webhooks never came: imported, written once, replayed in vain, stopped, and gone on with after a restart. */
class PastIsMendedIT {

    private static final int CALLS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Instant begin = Instant.now().minus(Duration.ofDays(3));
    private final AtomicLong seconds = new AtomicLong();
    private BeelinePbx pbx;
    private AmoAccount account;
    private Path data;
    private RunningHub hub;
    private ConnectionId telephones;

    @BeforeEach
    void open(@TempDir Path folder) {
        data = folder;
        pbx = RunningHub.pbx();
        account = new AmoAccount(Clock.systemUTC(), () -> seconds.addAndGet(1_000_000_000), 0);
        for (int i = 0; i < CALLS; i++) {
            pbx.remember(pbx.stories(begin.plus(Duration.ofMinutes(30L * i)))
                    .missed(
                            BeelineParty.outside("+7900200%04d".formatted(i)),
                            pbx.company().at("202")));
        }
        hub = start();
        telephones = hub.connect(pbx);
        hub.connect(account, Map.of());
    }

    @AfterEach
    void close() {
        hub.close();
        account.close();
        pbx.close();
    }

    /** The comparison that runs by itself is kept out, and a slice of the import is an hour. */
    private RunningHub start() {
        return new RunningHub(
                data,
                "patchbay.backfill.delay=86400000",
                "patchbay.catch-up.slice=1h",
                "patchbay.run.period=200",
                "patchbay.run.lease=5s",
                "patchbay.replay.at-once=5");
    }

    @Test
    void everyCallOfThePastStandsInTheCrmOnce() {
        var imported = catchUp();
        await().atMost(PATIENCE).until(() -> done(imported) >= 2);
        hub.close();
        hub = start(); // in the middle of the import
        var run = untilOver(imported);
        assertThat(run.path("state").asString()).isEqualTo("DONE");
        assertThat(counted(run, "imported")).isEqualTo(CALLS);
        var stopped = replay();
        await().atMost(PATIENCE).until(() -> done(stopped) >= 3);
        send("/api/v1/runs/" + stopped + "/cancel", "{}");
        var cancelled = untilOver(stopped);
        if (cancelled.path("state").asString().equals("CANCELLED")) { // else it was done before the word came
            send("/api/v1/runs/" + stopped + "/start", "{}");
            assertThat(untilOver(stopped).path("state").asString()).isEqualTo("DONE");
        }
        await().atMost(PATIENCE).until(() -> account.calls().size() >= CALLS);
        assertEachOnce();

        var again = untilOver(replay());
        assertThat(again.path("state").asString()).isEqualTo("DONE");
        assertThat(counted(again, "done")).isZero();
        var repeated = untilOver(catchUp());
        assertThat(counted(repeated, "imported")).isZero();
        assertThat(counted(repeated, "known")).isEqualTo(CALLS);
        assertEachOnce();
    }

    private void assertEachOnce() {
        assertThat(account.calls())
                .hasSize(CALLS)
                .extracting(AmoAccount.Note::phone)
                .doesNotHaveDuplicates();
        assertThat(hub.get("/api/v1/calls?limit=500").path("items").size()).isEqualTo(CALLS);
    }

    private long catchUp() {
        return begun(
                "/api/v1/catch-ups",
                "{\"connection\": " + telephones + ", \"from\": \"" + begin.minusSeconds(60) + "\", \"to\": \""
                        + begin.plus(Duration.ofHours(26)) + "\"}");
    }

    private long replay() {
        return begun("/api/v1/replays", "{\"from\": \"" + begin.minusSeconds(60) + "\", \"preview\": false}");
    }

    private long begun(String path, String json) {
        var run = send(path, json);
        assertThat(run.path("id").asLong()).as(run.toString()).isPositive();
        return run.path("id").asLong();
    }

    private JsonNode untilOver(long run) {
        await().atMost(PATIENCE).until(() -> read(run).path("state").asString().matches("DONE|CANCELLED|FAILED"));
        return read(run);
    }

    private JsonNode read(long run) {
        return hub.get("/api/v1/runs/" + run);
    }

    private long done(long run) {
        return read(run).path("done").asLong();
    }

    private static long counted(JsonNode run, String outcome) {
        return run.path("counts")
                .valueStream()
                .filter(count -> count.path("outcome").asString().equals(outcome))
                .mapToLong(count -> count.path("count").asLong())
                .sum();
    }

    private JsonNode send(String path, String json) {
        var answer = hub.send(HttpRequest.newBuilder(hub.address(path))
                .header("Authorization", "Bearer " + RunningHub.TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        return JsonMapper.shared().readTree(answer.body());
    }
}
