package io.patchbay.call;

import java.time.Instant;
import java.util.Optional;

/**
 * What one event says about one leg.
 *
 * @param cause    only with {@link LegPhase#ENDED} or shortly before it
 * @param transfer only with {@link LegPhase#TRANSFERRED}
 */
public record LegFact(
        CallKey call,
        LegKey leg,
        Instant at,
        LegPhase phase,
        Seat seat,
        SeatRole role,
        Optional<Claim<Direction>> direction,
        Optional<Claim<Party>> client,
        Optional<Claim<Line>> line,
        LegTimes times,
        Optional<EndCause> cause,
        Optional<EndedBy> endedBy,
        Optional<Transfer> transfer)
        implements CallFact {}
