package io.patchbay.audit;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody looks for in the log of a company.
 *
 * @param actor   e.g. {@code user-7}, {@code hub}
 * @param subject e.g. {@code connection-7}
 * @param from    inclusive
 * @param to      exclusive
 * @param before  number of the line before which the page begins
 * @param limit   lines
 */
public record AuditQuery(
        CompanyId company,
        Optional<String> actor,
        Optional<Action> action,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Long> before,
        int limit) {}
