package io.patchbay.call;

/**
 * A place at the PBX as the PBX itself names it: an employee's user id or extension, a hunt group, a menu. The directory knows which
 * employee sits there, and may learn it after the call.
 */
public record Seat(String id) implements Comparable<Seat> {

    public Seat {
        if (id.isBlank()) {
            throw new IllegalArgumentException("A seat must not be empty: an empty key would belong to everybody.");
        }
    }

    @Override
    public int compareTo(Seat other) {
        return id.compareTo(other.id);
    }
}
