package io.patchbay.connection;

import java.util.OptionalInt;

/** How much of what its target allows a connection uses at this moment. */
public interface RateLimits {

    /** Percent of the tightest of the connection's limits, 0 to 100; empty when it has none or its connector is gone. */
    OptionalInt usedPercent(ConnectionId connection);
}
