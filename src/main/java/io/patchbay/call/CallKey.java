package io.patchbay.call;

/**
 * A call as one PBX connection names it. Two keys may turn out to be one call (see {@link LinkFact}).
 *
 * @param connection the PBX connection that uses this name
 * @param value      the PBX's session id, made unique in time by the connector where the PBX reuses ids
 */
public record CallKey(long connection, String value) implements Comparable<CallKey> {

    private static final String ORDER = "order:";

    public CallKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A call key must not be empty.");
        }
    }

    /** What the hub itself calls a call it ordered, until the PBX gives it a name. */
    public static CallKey ofOrder(long connection, long order) {
        return new CallKey(connection, ORDER + order);
    }

    public boolean isOrder() {
        return value.startsWith(ORDER);
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
