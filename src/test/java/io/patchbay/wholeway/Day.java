package io.patchbay.wholeway;

import static org.awaitility.Awaitility.await;

import io.patchbay.connection.ConnectionId;
import io.patchbay.directory.Employees;
import io.patchbay.intake.SafetyTimer;
import io.patchbay.journal.Journal;
import io.patchbay.testing.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A day of the {@link Office}, told to one running hub. The clock of all systems stands still and goes on only when the hub has done everything that was due, so
 * that hours pass in seconds and what stands where at which second is certain. What happens at the same second of different tellings is told at the same time.
 */
final class Day implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-03-10T06:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Office office;
    final RunningHub hub;
    private final MovableClock clock = new MovableClock(START);
    private final ConnectionId pbx;

    Day(Path folder) {
        office = new Office(clock);
        hub = new RunningHub(
                folder.resolve("data"),
                clock,
                "patchbay.connectors-dir=" + unhurried(folder.resolve("connectors")),
                "logging.level.io.patchbay.api=WARN",
                "patchbay.effect.sweep-period=50",
                "patchbay.recording.period=50",
                "patchbay.recording.pauses=15s,1m,2m,5m,10m,30m,2h,12h,24h,72h",
                "patchbay.call.expire-period=100",
                "patchbay.backfill.delay=86400000");
        var employees = hub.bean(Employees.class);
        pbx = hub.connect(office.pbx);
        // first whoever knows both the extensions and the addresses: by these the people of the two CRMs are found
        await("the PBX has told its people")
                .atMost(PATIENCE)
                .until(() -> employees.all(RunningHub.COMPANY).size() == 4);
        hub.connect(
                office.portal,
                Map.of(
                        "defaultEmployee",
                        Long.toString(office.inBitrix24(Office.VERA)),
                        "hiddenNumber",
                        "+70000000000"));
        hub.connect(office.account, Map.of("defaultEmployee", Long.toString(office.inAmo(Office.VERA))));
        await("every system knows its people")
                .atMost(PATIENCE)
                .until(() -> employees.all(RunningHub.COMPANY).stream()
                                        .filter(one -> employees.idsOf(one.id()).size() == 3)
                                        .count()
                                == 3
                        && !office.pbx.liveSubscriptions().isEmpty()
                        && !office.portal.bindings().isEmpty());
    }

    /** The connectors as they ship, without their pace: the clock stands still while they ask. */
    private static Path unhurried(Path folder) {
        try (var files = Files.walk(Path.of("connectors"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = folder.resolve(Path.of("connectors").relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (file.endsWith("connector.yaml")) {
                    Files.writeString(
                            copy,
                            Files.readString(file)
                                    .replaceAll(
                                            "\\{capacity: \\d+, refill: \\d+", "{capacity: 100000, refill: 100000"));
                } else {
                    Files.copy(file, copy);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant start() {
        return START;
    }

    /** All at once, each from the first second. */
    void tell(Collection<Telling> tellings) {
        tellings.forEach(office::know);
        settle();
        order(tellings);
        var moments = new TreeMap<Duration, List<List<String>>>();
        for (var telling : tellings) {
            var told = new TreeMap<Duration, List<String>>();
            telling.pushes()
                    .forEach(push -> told.computeIfAbsent(push.at(), ignored -> new ArrayList<>())
                            .add(push.body()));
            told.forEach((at, bodies) ->
                    moments.computeIfAbsent(at, ignored -> new ArrayList<>()).add(bodies));
            office.record(telling, START);
        }
        var stops = new TreeSet<>(moments.keySet());
        tellings.forEach(telling -> stops.add(telling.scenario().lasts()));
        for (var stop : stops) {
            goOnUntil(START.plus(stop), tellings);
            push(moments.getOrDefault(stop, List.of()));
            settle(tellings);
        }
        goOnUntil(clock.instant().plus(Duration.ofHours(3)), tellings);
    }

    /** The button on a card in Bitrix24; the PBX answers with the ids of the new call. */
    private void order(Collection<Telling> tellings) {
        for (var telling : tellings) {
            telling.scenario().orderedBy().ifPresent(who -> {
                office.portal.clickToCall(office.inBitrix24(who), telling.client());
                await("the call is ordered at the PBX")
                        .atMost(PATIENCE)
                        .until(() -> click(telling).isPresent());
                telling.ordered(click(telling).orElseThrow());
            });
        }
    }

    private Optional<io.patchbay.sandbox.BeelinePbx.Click> click(Telling telling) {
        return office.pbx.clicks().stream()
                .filter(one -> telling.client().endsWith(one.number()))
                .findFirst();
    }

    /** Stops whenever the hub has planned something. */
    private void goOnUntil(Instant end, Collection<Telling> tellings) {
        for (var next = planned(); next.isPresent() && next.get().isBefore(end); next = planned()) {
            clock.set(next.get());
            settle(tellings);
        }
        clock.set(end);
        settle(tellings);
    }

    /** What one telling says at this second keeps its order; several are told side by side. */
    private void push(List<List<String>> said) {
        URI hook = hub.hook(pbx);
        try (var lines = Executors.newFixedThreadPool(8)) {
            for (var bodies : said) {
                lines.submit(() -> bodies.forEach(body -> {
                    var answer = hub.post(hook, "application/xml; charset=UTF-8", body);
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("The hub answered " + answer.statusCode());
                    }
                }));
            }
        }
    }

    private void settle(Collection<Telling> tellings) {
        settle();
        var since = Duration.between(START, clock.instant());
        var picture = new Picture(this);
        tellings.forEach(telling -> telling.see(since, picture.cardsOf(telling)));
    }

    /** Until the hub has nothing to do at this second. Twice in a row: what it has just taken up may be nowhere for an instant. */
    private void settle() {
        await("the hub has done what is due")
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> isIdle() && isIdle());
    }

    private boolean isIdle() {
        var now = clock.instant().toEpochMilli();
        return queued() == 0
                && count("SELECT COUNT(*) FROM wake WHERE due_at <= " + now) == 0
                && count("SELECT COUNT(*) FROM recording WHERE state = 'WANTED' AND next_at <= " + now) == 0
                && overdue() == 0
                && queued() == 0;
    }

    /** Messages that wait or are being worked on. */
    private long queued() {
        var server = hub.bean(EmbeddedActiveMQ.class).getActiveMQServer();
        long all = 0;
        for (var queue : server.getActiveMQServerControl().getQueueNames()) {
            if (queue.startsWith("patchbay.")) {
                all += server.locateQueue(queue).getMessageCount();
            }
        }
        return all;
    }

    /** Calls that the safety timer is about to close. */
    private long overdue() {
        var limits = hub.bean(SafetyTimer.Limits.class);
        var now = clock.instant();
        return hub.bean(Journal.class)
                .openSince(now.minus(limits.longestRing()), now.minus(limits.longestTalk()), 1000)
                .size();
    }

    /** When the hub will do something by itself. */
    private Optional<Instant> planned() {
        var next = hub.bean(JdbcClient.class)
                .sql("SELECT MIN(due) FROM (SELECT MIN(due_at) AS due FROM wake"
                        + " UNION SELECT MIN(next_at) FROM recording WHERE state = 'WANTED') planned")
                .query(Long.class)
                .optional();
        return next.map(Instant::ofEpochMilli);
    }

    private long count(String sql) {
        return hub.bean(JdbcClient.class).sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        hub.close();
        office.close();
    }
}
