package io.patchbay.call;

/** Which way a call goes, seen from the company. */
public enum Direction {
    INBOUND,
    OUTBOUND,
    INTERNAL
}
