package io.patchbay.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * Where token pairs rest. Every method is committed when it returns.
 *
 * <p>Renewing is held by one at a time over all nodes: a hold ends by itself, so that a node that dies does not keep it.
 */
public interface TokenStore {

    /** {@link TokenPair#NONE} before the first. */
    TokenPair find(ConnectionId connection);

    /** Whether {@code holder} may renew until then. */
    boolean hold(ConnectionId connection, String holder, Instant now, Instant until);

    void release(ConnectionId connection, String holder);

    /** Notes that the refresh token is about to be sent: if no pair follows, it may be used up. */
    void asking(ConnectionId connection, Instant now);

    /** The target says that it did nothing: the refresh token is as it was. */
    void notAsked(ConnectionId connection);

    /**
     * Puts a new pair in the place of the last.
     *
     * @param refresh empty: the former one stays in use
     */
    TokenPair replace(ConnectionId connection, Secret access, Optional<Secret> refresh, Instant expiresAt);
}
