package io.patchbay.connection.api;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking a target that cannot answer, and lets one request through from time to time to see whether it can again.
 *
 * <p>A wrong login stops everything at once, with a probe a minute. Silence and server errors stop it after several in a row, for a pause that grows.
 * Thread-safe; pure in time.
 */
final class Breaker {

    private static final Duration LOGIN_PROBE = Duration.ofMinutes(1);
    private static final int FAILURES_TO_OPEN = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Duration PROBE_FORGOTTEN = Duration.ofMinutes(2); // longer than any request may take

    private int failures;
    private @Nullable ConnectorException why;
    private Instant opensAgain = Instant.MIN;
    private Instant probeUntil = Instant.MIN;

    /** @throws ConnectorException what stopped it, with the time until the next probe */
    synchronized void enter(Instant now) {
        var reason = why;
        if (reason == null) {
            return;
        }
        if (now.isBefore(opensAgain)) {
            throw again(reason, Duration.between(now, opensAgain));
        }
        if (now.isBefore(probeUntil)) {
            throw again(reason, FIRST_PAUSE);
        }
        probeUntil = now.plus(PROBE_FORGOTTEN);
    }

    private static ConnectorException again(ConnectorException reason, Duration left) {
        return new ConnectorException(
                reason.fault() == Fault.SETUP ? Fault.SETUP : Fault.UNREACHABLE,
                reason.code(),
                String.valueOf(reason.getMessage()),
                left,
                reason);
    }

    /** The request that was let through did not get as far as the target: the next one may probe in its place. */
    synchronized void left() {
        probeUntil = Instant.MIN;
    }

    /** The target answered, whatever it said. */
    synchronized void answered() {
        failures = 0;
        why = null;
        probeUntil = Instant.MIN;
    }

    synchronized void failed(ConnectorException reason, Instant now) {
        probeUntil = Instant.MIN;
        if (reason.fault() == Fault.SETUP) {
            why = reason;
            opensAgain = now.plus(LOGIN_PROBE);
            return;
        }
        failures++;
        if (failures >= FAILURES_TO_OPEN) {
            var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - FAILURES_TO_OPEN, 10));
            why = reason;
            opensAgain = now.plus(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
        }
    }
}
