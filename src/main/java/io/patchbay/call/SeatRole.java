package io.patchbay.call;

/** What sits at a {@link Seat}. Only an employee can speak with a client. Of two roles told of one leg the first in this list holds. */
public enum SeatRole {
    EMPLOYEE,
    /** A hunt group or queue that passes the call on. */
    GROUP,
    /** An announcement or a voice menu. */
    MENU
}
