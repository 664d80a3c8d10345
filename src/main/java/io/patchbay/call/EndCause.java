package io.patchbay.call;

/** Why a leg failed, in the PBX's words; absent when it simply ended. */
public enum EndCause {
    BUSY,
    NO_ANSWER,
    FORBIDDEN,
    UNKNOWN_NUMBER,
    UNREACHABLE,
    /** The employee did not take the click-to-call he had ordered himself. */
    REFUSED_BY_EMPLOYEE,
    FAILED
}
