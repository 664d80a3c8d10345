package io.patchbay.call;

/** What became of a whole call. */
public enum CallResult {
    IN_PROGRESS,
    ANSWERED,
    /** Inbound and nobody spoke with the client, whatever the legs say. */
    MISSED,
    BUSY,
    NO_ANSWER,
    /** The employee gave up before the client could answer. */
    CANCELLED,
    FAILED
}
