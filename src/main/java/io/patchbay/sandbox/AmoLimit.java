package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Seven requests in any second; who goes on asking after 429 is shut out with 403 until a person lifts it.
 * [doc] contracts/crm/amocrm.md §5; how many 429 it takes is not told anywhere, ten is our guess.
 */
final class AmoLimit {

    private static final int PER_SECOND = 7;
    private static final int REFUSALS_UNTIL_SHUT = 10;
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanos;
    private final Deque<Long> taken = new ArrayDeque<>();
    private final Deque<Long> refused = new ArrayDeque<>();
    private boolean shut;

    /** @param nanos the time that passes, as {@link System#nanoTime()} */
    AmoLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The refusal, or empty when the request may go on. */
    Optional<Reply> refuse() {
        if (shut) {
            return Optional.of(AmoAnswers.blocked());
        }
        var now = nanos.getAsLong();
        forget(taken, now - SECOND);
        forget(refused, now - 60 * SECOND);
        if (taken.size() < PER_SECOND) {
            taken.add(now);
            return Optional.empty();
        }
        refused.add(now);
        shut = refused.size() >= REFUSALS_UNTIL_SHUT;
        return Optional.of(AmoAnswers.tooMany(1));
    }

    void shut() {
        shut = true;
    }

    void lift() {
        shut = false;
        refused.clear();
        taken.clear();
    }

    private static void forget(Deque<Long> times, long before) {
        while (!times.isEmpty() && times.peekFirst() <= before) {
            times.removeFirst();
        }
    }
}
