package io.patchbay.connection;

/** Whom a request serves: it decides who goes first where the target's rate limit is short. */
public enum Urgency {
    /** A person waits for it: a call that goes on or has just ended, an order, a check. */
    LIVE,
    /** History, replay, recordings, lists: leaves a share of the rate limit to what is live. */
    BACKGROUND
}
