package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A key with which a program uses the REST API, without its secret.
 *
 * @param title     what it is for, in the words of whoever made it
 * @param rights    what it may do: all that its role may, or the part of it that its scopes name
 * @param expiresAt when it stops working; empty: never
 */
public record ApiToken(
        long id,
        CompanyId company,
        String title,
        Role role,
        Set<Right> rights,
        Origin origin,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt) {

    /** Where the secret comes from. */
    public enum Origin {
        /** Made by the hub and shown once. */
        ISSUED,
        /** Given by the environment variable PATCHBAY_API_TOKEN and taken away with it. */
        ENVIRONMENT
    }

    /** A token at its birth, the only moment its secret can be read. */
    public record Issued(ApiToken token, String secret) {

        @Override
        public String toString() {
            return "Issued[token=" + token + ", secret=***]";
        }
    }

    /** What a token of this role may do at most: a program has no account to look after. */
    public static Set<Right> rightsOf(Role role) {
        var rights = EnumSet.copyOf(role.rights());
        rights.remove(Right.OWN_ACCOUNT);
        return rights;
    }

    boolean worksAt(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
