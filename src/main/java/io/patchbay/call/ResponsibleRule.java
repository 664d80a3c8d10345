package io.patchbay.call;

/** Who counts as the person of a call with several employees. */
public enum ResponsibleRule {
    LAST_SPOKE,
    FIRST_SPOKE,
    FIRST_RANG
}
