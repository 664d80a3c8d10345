package io.patchbay.call;

import java.time.Instant;

/** The outside party of this call was erased: what the call was about stays, who it was with does not, whatever is told of it later. */
public record ErasureFact(CallKey call, Instant at) implements CallFact {}
