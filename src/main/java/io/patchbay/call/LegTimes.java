package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one event knows of a leg's instants. Events repeat what was before them, so that a lost one costs little.
 *
 * @param dialled  when a click-to-call went on to dial the client, after the employee had lifted
 * @param answered when the two sides began to speak
 * @param held     time on hold so far
 */
public record LegTimes(
        Optional<Instant> started,
        Optional<Instant> dialled,
        Optional<Instant> answered,
        Optional<Instant> ended,
        Duration held) {

    public static LegTimes started(Instant at) {
        return new LegTimes(Optional.of(at), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
    }
}
