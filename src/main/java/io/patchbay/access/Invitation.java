package io.patchbay.access;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may become a user by a link that works once.
 *
 * @param employee who they will be among the company's employees
 */
public record Invitation(
        long id, CompanyId company, String login, String name, Role role, Optional<Long> employee, Instant expiresAt) {

    /** An invitation at its birth, the only moment its secret can be read. */
    public record Sent(Invitation invitation, String secret) {

        @Override
        public String toString() {
            return "Sent[invitation=" + invitation + ", secret=***]";
        }
    }
}
