package io.patchbay.call;

/** A leg as the PBX names it; unique within its call. */
public record LegKey(String value) implements Comparable<LegKey> {

    public LegKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A leg key must not be empty.");
        }
    }

    @Override
    public int compareTo(LegKey other) {
        return value.compareTo(other.value);
    }
}
