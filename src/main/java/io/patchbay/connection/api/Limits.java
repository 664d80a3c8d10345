package io.patchbay.connection.api;

import java.time.Duration;

/**
 * What a request may cost.
 *
 * @param answer    longest wait for the first and the last byte
 * @param maxAnswer bytes
 */
record Limits(Duration connect, Duration answer, long maxAnswer) {

    /** The same for an answer that is short, whatever the target may answer elsewhere. */
    Limits atMost(long bytes) {
        return new Limits(connect, answer, Math.min(maxAnswer, bytes));
    }
}
