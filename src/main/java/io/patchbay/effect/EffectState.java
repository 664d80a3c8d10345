package io.patchbay.effect;

/** How far an effect is. */
public enum EffectState {
    /** To be done at the next look. */
    DUE,
    /** The intent is stored. Found without a result, it means that the hub died on the way and the target is to be asked. */
    STARTED,
    DONE,
    /** Tried and to be tried again by itself. */
    WAITING,
    /** Given up; waits for a person. */
    PARKED,
    /** No longer wanted, e.g. the card of a call that is over. */
    SKIPPED
}
