package io.patchbay.access;

import static io.patchbay.access.Right.CHANGE_CONNECTIONS;
import static io.patchbay.access.Right.LISTEN;
import static io.patchbay.access.Right.MANAGE_USERS;
import static io.patchbay.access.Right.OWN_ACCOUNT;
import static io.patchbay.access.Right.READ_AUDIT;
import static io.patchbay.access.Right.SEE_ALL_CALLS;
import static io.patchbay.access.Right.SEE_CLIENTS;
import static io.patchbay.access.Right.SEE_CONNECTIONS;
import static io.patchbay.access.Right.SEE_EMPLOYEES;
import static io.patchbay.access.Right.SEE_OWN_CALLS;
import static io.patchbay.access.Right.SEE_STATISTICS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody signed in may do: the one table that the pages, the API and the navigation ask. What a role does not name, it may
 * not. A role is stored by its name, so a name is for ever.
 */
public enum Role {
    /** Everything. */
    OWNER(EnumSet.allOf(Right.class)),
    /** Everything but users and the audit log. */
    ADMIN(EnumSet.complementOf(EnumSet.of(MANAGE_USERS, READ_AUDIT))),
    /** The work of the others: all calls, recordings, statistics. */
    SUPERVISOR(
            EnumSet.of(OWN_ACCOUNT, SEE_OWN_CALLS, SEE_ALL_CALLS, LISTEN, SEE_STATISTICS, SEE_EMPLOYEES, SEE_CLIENTS)),
    /** One's own calls, without what was said in them. */
    EMPLOYEE(EnumSet.of(OWN_ACCOUNT, SEE_OWN_CALLS)),
    /** Connections with their rules, and no customer's data. */
    INTEGRATOR(EnumSet.of(OWN_ACCOUNT, SEE_CONNECTIONS, CHANGE_CONNECTIONS)),
    /** Reads who did what, and nothing else. */
    AUDITOR(EnumSet.of(OWN_ACCOUNT, READ_AUDIT));

    private final Set<Right> rights;

    Role(EnumSet<Right> rights) {
        this.rights = rights;
    }

    public Set<Right> rights() {
        return EnumSet.copyOf(rights);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** Whether this role may do all that the other may, so that nobody gives away more than they have. */
    public boolean covers(Role other) {
        return rights.containsAll(other.rights);
    }

    /** How it is written in the API and in the keys of texts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
