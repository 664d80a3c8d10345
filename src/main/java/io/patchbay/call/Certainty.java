package io.patchbay.call;

/** How much a statement about a call is worth, weakest first. */
public enum Certainty {
    GUESSED,
    INFERRED,
    /** The PBX says it. */
    STATED,
    /** The hub ordered it itself by click-to-call. */
    ORDERED
}
