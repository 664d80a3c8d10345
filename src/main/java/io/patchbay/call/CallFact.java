package io.patchbay.call;

import java.time.Instant;

/** One small immutable thing that was understood of an event, a history row or an order of our own. */
public sealed interface CallFact
        permits LegFact, LinkFact, RecordingFact, OrderFact, RefusalFact, ExpiryFact, ErasureFact {

    CallKey call();

    /** When it was so, by the PBX's clock where it tells. */
    Instant at();
}
