package io.patchbay.connection.api;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.patchbay.connection.Urgency;
import io.patchbay.connector.Access.Pace;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one connection within the target's rate limits, and away from it while it asks for rest. Live requests go before all others: those
 * must leave a reserve in the bucket, and a live request that waits has taken its token from it already, so that nobody else finds any.
 * Thread-safe.
 *
 * <p>The limit holds strictly. The reserve is a courtesy: several requests of the background that look at the same moment may dip into it.
 */
final class Pacer {

    private static final String WHOLE = ""; // the whole connection; a place is never empty

    private final Optional<Bucket> bucket;
    private final List<Pace> pace;
    private final double reserve;
    private final Clock clock;
    private final BlockingStrategy sleep;
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();

    /**
     * A pacer over a bucket that may be shared.
     *
     * @param pace    what the bucket was made of
     * @param reserve share of each capacity that only live requests use, 0 to 1
     * @param sleep   how a request waits
     */
    Pacer(Optional<Bucket> bucket, List<Pace> pace, double reserve, Clock clock, BlockingStrategy sleep) {
        this.bucket = bucket;
        this.pace = pace;
        this.reserve = reserve;
        this.clock = clock;
        this.sleep = sleep;
    }

    /**
     * Waits for the turn of a request.
     *
     * @param place path or address of the request
     * @throws ConnectorException (busy, with the time to wait) when its turn comes later than {@code longest}
     */
    void await(String place, Urgency urgency, Duration longest) {
        refuseWhilePaused(place);
        if (bucket.isPresent()) {
            try {
                switch (urgency) {
                    case LIVE -> awaitToken(bucket.get(), longest);
                    case BACKGROUND -> awaitSpareToken(bucket.get(), longest);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectorException(Fault.BUSY, "hub", "The hub is being stopped.", Duration.ZERO, e);
            }
        }
    }

    /** @throws ConnectorException (busy) while the target wants to be left alone with requests of this place */
    void refuseWhilePaused(String place) {
        refuse(WHOLE);
        refuse(place);
    }

    private void awaitToken(Bucket from, Duration longest) throws InterruptedException {
        if (from.tryConsume(1) || (longest.isPositive() && from.asBlocking().tryConsume(1, longest, sleep))) {
            return;
        }
        var nanos = from.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        throw usedUp(Duration.ofNanos(nanos));
    }

    private void awaitSpareToken(Bucket from, Duration longest) throws InterruptedException {
        var left = longest;
        while (true) {
            var pause = untilSpare(from);
            if (pause.isZero() && from.tryConsume(1)) {
                return;
            }
            var nap = pause.isZero() ? Duration.ofNanos(1) : pause; // another took it between the two looks
            if (nap.compareTo(left) > 0) {
                throw usedUp(nap);
            }
            sleep.park(nap.toNanos());
            left = left.minus(nap);
        }
    }

    /** How long until more than the reserve is in the bucket, zero when it is now. */
    private Duration untilSpare(Bucket from) {
        var there = from.asVerbose().getAvailableTokens().getDiagnostics().getAvailableTokensPerEachBandwidth();
        var longest = Duration.ZERO;
        for (var i = 0; i < pace.size(); i++) {
            var one = pace.get(i);
            var missing = reserved(one) + 1 - there[i];
            var pause = missing <= 0
                    ? Duration.ZERO
                    : one.per().multipliedBy(missing).dividedBy(one.refill());
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        return longest;
    }

    /** At least one where there is more than one, since a live request should find a token at once. */
    private long reserved(Pace one) {
        return Math.min((long) Math.ceil(one.capacity() * reserve), one.capacity() - 1);
    }

    private static ConnectorException usedUp(Duration left) {
        return wait("The target's rate limit is used up.", left);
    }

    private void refuse(String what) {
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

    void pausePlace(String place, Duration pause) {
        pause(place, pause);
    }

    private void pause(String what, Duration pause) {
        if (pause.isPositive()) {
            pausedUntil.merge(what, clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
        }
    }
}
