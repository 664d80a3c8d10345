package io.patchbay.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * The OAuth tokens of a connection.
 *
 * @param version grows with every new pair; 0 before the first
 * @param access  empty before the first pair
 * @param refresh usable once; empty when the target gave none
 * @param lost    a renewal was sent with this pair and its answer never stored: the refresh token may be used up
 */
public record TokenPair(
        long version, Optional<Secret> access, Optional<Secret> refresh, Instant expiresAt, boolean lost) {

    public static final TokenPair NONE = new TokenPair(0, Optional.empty(), Optional.empty(), Instant.EPOCH, false);
}
