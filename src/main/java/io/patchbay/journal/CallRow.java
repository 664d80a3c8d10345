package io.patchbay.journal;

import io.patchbay.call.CallId;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.Line;
import io.patchbay.call.Party;
import io.patchbay.call.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as lists show it.
 *
 * @param responsible who spoke last; when nobody spoke, who was rung first
 * @param revision    grows with every change of the call
 */
public record CallRow(
        CallId id,
        long connection,
        Direction direction,
        Party client,
        Optional<Line> line,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        Duration talkTime,
        Duration waitTime,
        CallResult result,
        Optional<Seat> responsible,
        boolean endUnknown,
        Instant updatedAt,
        long revision) {}
