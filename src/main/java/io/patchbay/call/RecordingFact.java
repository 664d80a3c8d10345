package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording stands ready at the PBX.
 *
 * @param recording the PBX's name of it; empty when it is found by call and seat
 * @param length    zero when not told
 */
public record RecordingFact(CallKey call, Instant at, Optional<String> recording, Optional<Seat> seat, Duration length)
        implements CallFact {}
