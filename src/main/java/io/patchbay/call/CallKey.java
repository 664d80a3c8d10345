package io.patchbay.call;

/**
 * A call as one PBX connection names it. Two keys may turn out to be one call (see {@link LinkFact}).
 *
 * @param connection the PBX connection that uses this name
 * @param value      the PBX's session id, made unique in time by the connector where the PBX reuses ids
 */
public record CallKey(long connection, String value) implements Comparable<CallKey> {

    public CallKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A call key must not be empty.");
        }
    }

    /** A row of the PBX's history without the session id of its call: {@code history:<row>}. */
    public boolean isHistory() {
        return value.startsWith(LegKey.HISTORY);
    }

    @Override
    public int compareTo(CallKey other) {
        var byConnection = Long.compare(connection, other.connection);
        return byConnection != 0 ? byConnection : value.compareTo(other.value);
    }
}
