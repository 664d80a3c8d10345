package io.patchbay.call;

/** A leg as the PBX names it; no two calls of one connection that begin within half a day share it. */
public record LegKey(String value) implements Comparable<LegKey> {

    static final String HISTORY = "history:";

    public LegKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A leg key must not be empty.");
        }
    }

    /** Named after a row of the PBX's history: {@code history:<row>}. */
    public boolean isHistory() {
        return value.startsWith(HISTORY);
    }

    @Override
    public int compareTo(LegKey other) {
        return value.compareTo(other.value);
    }
}
