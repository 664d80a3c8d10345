package io.patchbay.rules;

/** When an employee sees the card of a call. */
public enum PopUp {
    NEVER,
    /** As soon as his phone rings. */
    RINGING,
    /** Once he speaks. */
    ANSWERED
}
