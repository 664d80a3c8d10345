package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * A key with which a program uses the REST API, without its secret.
 *
 * @param title     what it is for, in the words of whoever made it
 * @param expiresAt when it stops working; empty: never
 */
public record ApiToken(
        long id,
        CompanyId company,
        String title,
        Role role,
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

    boolean worksAt(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
