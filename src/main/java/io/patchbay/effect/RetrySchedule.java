package io.patchbay.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a failed effect is tried again: the pause doubles up to a ceiling, is spread so that a thousand effects do not come back in the
 * same second, and is never shorter than the target asked for. Pure: the caller brings the time and the chance, so 75 hours of retries
 * fit into one fast test.
 *
 * @param firstPause   before the second attempt
 * @param longestPause ceiling of the doubling; what the target asks for may be longer
 * @param giveUpAfter  the horizon, counted from the first attempt
 * @param probe        pause of an effect whose connection waits for a person to set it right
 */
public record RetrySchedule(Duration firstPause, Duration longestPause, Duration giveUpAfter, Duration probe) {

    public static final RetrySchedule DEFAULT =
            new RetrySchedule(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(75), Duration.ofMinutes(1));

    private static final int MOST_DOUBLINGS = 20; // 2^20 pauses: far past any ceiling

    public RetrySchedule {
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0 || !probe.isPositive()) {
            throw new IllegalArgumentException(
                    "Pauses between attempts must be positive, and the longest not shorter than the first.");
        }
    }

    /**
     * Time of the next attempt, or empty when the effect is to be parked.
     *
     * @param failed     attempts made so far, 1 after the first
     * @param retryAfter what the target asked for in its answer, zero if nothing
     * @param chance     0 to 1: adds up to a quarter to the pause
     */
    public Optional<Instant> next(int failed, Instant firstTried, Instant now, Duration retryAfter, double chance) {
        var doubled = firstPause.multipliedBy(1L << Math.min(Math.max(failed - 1, 0), MOST_DOUBLINGS));
        var pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        if (retryAfter.compareTo(pause) > 0) {
            pause = retryAfter;
        }
        var spread = Duration.ofMillis((long) (pause.toMillis() / 4 * chance));
        return Optional.of(now.plus(pause).plus(spread)).filter(firstTried.plus(giveUpAfter)::isAfter);
    }

    /** After a set-up fault: it is asked again until a person has acted, however long that takes. */
    public Instant probe(Instant now, Duration retryAfter) {
        return now.plus(retryAfter.compareTo(probe) > 0 ? retryAfter : probe);
    }
}
