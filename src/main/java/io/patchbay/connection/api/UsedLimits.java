package io.patchbay.connection.api;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.RateLimits;
import io.patchbay.connector.Connectors;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Read from the very buckets that requests take their tokens from. */
public final class UsedLimits implements RateLimits {

    private final Connections connections;
    private final Connectors connectors;
    private final Buckets buckets;

    public UsedLimits(Connections connections, Connectors connectors, Buckets buckets) {
        this.connections = connections;
        this.connectors = connectors;
        this.buckets = buckets;
    }

    @Override
    public OptionalInt usedPercent(ConnectionId connection) {
        var pace = connections
                .find(connection)
                .flatMap(found -> connectors.find(found.connector()))
                .map(connector -> connector.access().pace());
        var bucket = pace.flatMap(limits -> buckets.of(connection, limits));
        if (bucket.isEmpty()) {
            return OptionalInt.empty();
        }
        var left =
                bucket.get().asVerbose().getAvailableTokens().getDiagnostics().getAvailableTokensPerEachBandwidth();
        return IntStream.range(0, left.length)
                .map(i -> used(pace.get().get(i).capacity(), left[i]))
                .max();
    }

    /** What waits has taken its token in advance, so less than nothing may be left. */
    private static int used(long capacity, long left) {
        return (int) Math.clamp((capacity - left) * 100 / capacity, 0, 100);
    }
}
