package io.patchbay.connector;

/**
 * Why an operation did not succeed. The fault alone decides on retry, alert and colour of the connection.
 */
public enum Fault {
    /** Later, at the time the target asked for. */
    BUSY,
    /** This operation is wrong (bad data); trying again would be refused again. */
    REFUSED,
    /** Credentials, rights or an unpaid account: the customer must act; the connection's work waits. */
    SETUP,
    /** No answer, or an answer nobody can read; whether the target did the work is unknown. */
    UNREACHABLE,
    /** The connector does not have this operation. */
    NOT_SUPPORTED,
    /** The hub itself is at fault. */
    OURS;

    /** Whether the same operation may succeed later without a person doing anything. */
    public boolean passes() {
        return this == BUSY || this == UNREACHABLE || this == OURS;
    }
}
