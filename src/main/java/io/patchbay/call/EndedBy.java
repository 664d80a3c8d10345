package io.patchbay.call;

/** Who hung up, relative to the leg. */
public enum EndedBy {
    EMPLOYEE,
    REMOTE
}
