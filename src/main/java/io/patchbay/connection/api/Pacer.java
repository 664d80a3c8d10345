package io.patchbay.connection.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.patchbay.connector.Access;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one connection within the target's rate limits, and away from it while it asks for rest. Thread-safe. */
final class Pacer {

    private static final String WHOLE = ""; // the whole connection; a path is never empty

    private final Clock clock;
    private final java.util.Optional<Bucket> bucket;
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();

    Pacer(List<Access.Pace> pace, Clock clock) {
        this.clock = clock;
        if (pace.isEmpty()) {
            bucket = java.util.Optional.empty();
        } else {
            var building = Bucket.builder().withCustomTimePrecision(new ClockMeter(clock));
            pace.forEach(one -> building.addLimit(Bandwidth.builder()
                    .capacity(one.capacity())
                    .refillGreedy(one.refill(), one.per())
                    .build()));
            bucket = java.util.Optional.of(building.build());
        }
    }

    /**
     * Waits for the turn of a request.
     *
     * @throws ConnectorException (busy, with the time to wait) when its turn comes later than {@code longest}
     */
    void await(String path, Duration longest) {
        refuseWhilePaused(WHOLE);
        refuseWhilePaused(path);
        if (bucket.isEmpty()) {
            return;
        }
        try {
            if (bucket.get().tryConsume(1)
                    || (longest.isPositive() && bucket.get().asBlocking().tryConsume(1, longest))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Fault.BUSY, "hub", "The hub is being stopped.", Duration.ZERO, e);
        }
        var nanos = bucket.get().estimateAbilityToConsume(1).getNanosToWaitForRefill();
        throw wait("The target's rate limit is used up.", Duration.ofNanos(nanos));
    }

    private void refuseWhilePaused(String what) {
        var until = pausedUntil.get(what);
        if (until == null) {
            return;
        }
        var left = Duration.between(clock.instant(), until);
        if (left.isPositive()) {
            throw wait("The target asked for a pause.", left);
        }
        pausedUntil.remove(what, until);
    }

    private static ConnectorException wait(String why, Duration left) {
        return new ConnectorException(Fault.BUSY, "pace", why, left, null);
    }

    void pauseAll(Duration pause) {
        pause(WHOLE, pause);
    }

    void pausePath(String path, Duration pause) {
        pause(path, pause);
    }

    private void pause(String what, Duration pause) {
        if (pause.isPositive()) {
            pausedUntil.merge(what, clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** Bucket4j on the hub's clock, so that a test can let time pass. */
    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            var now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
