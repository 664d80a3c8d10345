package io.patchbay.access;

/** What somebody signed in may do. A role is stored by its name, so a name is for ever. */
public enum Role {
    /** Everything, also users and tokens. */
    OWNER,
    /** Everything but users. */
    ADMIN;

    /** The word under which the web rules know the role. */
    String authority() {
        return "ROLE_" + name();
    }
}
