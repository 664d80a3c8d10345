package io.patchbay.call;

import java.time.Instant;

/**
 * Two keys are one call, as an attended transfer shows.
 *
 * @param certainty less than stated when only their times speak for it: then it makes no one call of two that the PBX itself told apart
 */
public record LinkFact(CallKey call, CallKey other, Instant at, Certainty certainty) implements CallFact {

    /** The PBX says it. */
    public LinkFact(CallKey call, CallKey other, Instant at) {
        this(call, other, at, Certainty.STATED);
    }

    public boolean isInferred() {
        return certainty.compareTo(Certainty.STATED) < 0;
    }
}
