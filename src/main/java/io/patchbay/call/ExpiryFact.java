package io.patchbay.call;

import java.time.Instant;

/** The safety timer: no end was seen until now, the call is taken as over. A true end that comes later counts instead. */
public record ExpiryFact(CallKey call, Instant at) implements CallFact {}
