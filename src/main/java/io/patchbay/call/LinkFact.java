package io.patchbay.call;

import java.time.Instant;

/** Two keys are one call, as an attended transfer shows. */
public record LinkFact(CallKey call, CallKey other, Instant at) implements CallFact {}
