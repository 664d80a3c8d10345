package io.patchbay.call;

/** What an event says about a leg at one instant. */
public enum LegPhase {
    /** A click-to-call was accepted; the employee's own phone rings, the client knows nothing yet. */
    ORDERED,
    /** The called side rings; on an outbound leg the client is being dialled. */
    RINGING,
    TALKING,
    HELD,
    /** The employee of this leg handed the call over; the leg is over, the call is not. */
    TRANSFERRED,
    ENDED
}
