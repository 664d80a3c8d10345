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
        implements CallFact {

    /** Told by a row of the PBX's history, which does not know how the events name this leg. */
    public boolean isHistory() {
        return call.isHistory() || leg.isHistory();
    }

    /** When the leg began, as far as this fact knows. */
    public Instant started() {
        return times.started().orElse(at);
    }
}
