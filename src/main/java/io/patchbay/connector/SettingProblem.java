package io.patchbay.connector;

/** Why a set of settings cannot be taken: one row for each setting that is wrong. */
public record SettingProblem(String setting, Reason reason) {

    public enum Reason {
        MISSING,
        UNKNOWN,
        WRONG_TYPE,
        /** It does not match the pattern. */
        WRONG_FORM,
        NOT_IN_CHOICE,
        /** It is no JSLT: {@link OwnMapping#problem} says where. */
        NO_MAPPING
    }
}
