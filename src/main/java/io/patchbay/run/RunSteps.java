package io.patchbay.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What routes/run/work.camel.yaml calls: takes runs up and does them piece by piece. Thread-safe. */
@Component
@EnableConfigurationProperties(RunProperties.class)
public class RunSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Runs runs;
    private final ObjectProvider<Work> works;
    private final RunProperties properties;
    private final Clock clock;
    private final Map<Long, Runs.Held> inHand = new ConcurrentHashMap<>();

    RunSteps(Runs runs, ObjectProvider<Work> works, RunProperties properties, Clock clock) {
        this.runs = runs;
        this.works = works;
        this.properties = properties;
        this.clock = clock;
    }

    /** To be called every second: keeps what is in hand, and takes more when a hand is free. @return ids for {@link #work} */
    public List<Long> take() {
        inHand.values().forEach(held -> runs.renew(held, properties.lease()));
        var free = properties.hands() - inHand.size();
        if (free <= 0) {
            return List.of();
        }
        return runs.take(free, properties.lease()).stream()
                // still in hand here, though its lease ended: this machine stood still
                .filter(held -> inHand.putIfAbsent(held.run().id(), held) == null)
                .map(held -> held.run().id())
                .toList();
    }

    /** Forgets runs that were over long ago. */
    public void forget() {
        runs.forgetBefore(clock.instant().minus(properties.keep()));
    }

    /** Works on a run that was taken, for a slice of time. Not inside a transaction. */
    public void work(long id) {
        var held = inHand.get(id);
        if (held == null) {
            return;
        }
        try {
            slice(held);
        } finally {
            inHand.remove(id);
        }
    }

    private void slice(Runs.Held taken) {
        var until = clock.instant().plus(properties.slice());
        Optional<Runs.Held> held = Optional.of(taken);
        while (held.isPresent() && goesOn(held.get(), until)) {
            held = runs.again(taken);
        }
    }

    /** @return whether the run is still in hand */
    private boolean goesOn(Runs.Held held, Instant until) {
        if (held.run().cancelled()) {
            end(held, RunState.CANCELLED, "", held.run().report());
            return false;
        }
        var piece = piece(held);
        if (piece.isEmpty() || !runs.store(held, piece.get())) {
            return false;
        }
        if (piece.get().last()) {
            finish(held, piece.get());
            return false;
        }
        if (piece.get().pause().isPositive() || !clock.instant().isBefore(until)) {
            runs.release(held, piece.get().pause(), 0);
            return false;
        }
        return true;
    }

    /** @return empty when it failed, and the run was let go of */
    private Optional<Piece> piece(Runs.Held held) {
        var run = held.run();
        try {
            var work = Optional.ofNullable(works().get(run.kind()))
                    .orElseThrow(() -> new RunFailedException(
                            "OURS", "This release of the hub has no work of the kind " + run.kind() + "."));
            return Optional.of(run.state() == RunState.PREVIEWING ? work.preview(run) : work.next(run));
        } catch (RunFailedException e) {
            end(held, RunState.FAILED, e.why(), said(e));
        } catch (RuntimeException e) {
            LOG.error("run.piece-failed run={} kind={} fault=OURS", run.id(), run.kind(), e);
            failed(held);
        }
        return Optional.empty();
    }

    private void failed(Runs.Held held) {
        var failures = held.failures() + 1;
        if (failures >= properties.tries()) {
            end(held, RunState.FAILED, "OURS", held.run().report());
            return;
        }
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20)); // 2^20 pauses: far past the longest
        runs.release(held, pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE, failures);
    }

    private void finish(Runs.Held held, Piece last) {
        if (held.run().state() == RunState.PREVIEWING) {
            runs.previewed(held);
        } else {
            end(held, RunState.DONE, "", last.report().orElse(held.run().report()));
        }
    }

    private void end(Runs.Held held, RunState state, String why, String report) {
        runs.ended(held, state, why, report);
        LOG.info(
                "run.ended company={} run={} kind={} state={} why={}",
                held.run().company(),
                held.run().id(),
                held.run().kind(),
                state,
                why);
    }

    private Map<String, Work> works() {
        return works.stream().collect(Collectors.toMap(Work::kind, Function.identity()));
    }

    private static String said(RuntimeException e) {
        var message = e.getMessage();
        return message == null ? "" : message;
    }
}
