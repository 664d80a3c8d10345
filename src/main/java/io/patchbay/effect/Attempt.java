package io.patchbay.effect;

import io.patchbay.connector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One try of an effect.
 *
 * @param number 1 for the first since the effect was planned or replayed
 * @param fault  empty when it went well
 * @param code   the target's own code of the error, empty if it has none
 * @param said   the target's words, empty when it went well
 */
public record Attempt(int number, Instant at, Duration took, Optional<Fault> fault, String code, String said) {}
