package io.patchbay.audit;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of a company's log.
 *
 * @param number   1, 2, 3 ... in each company, without a gap
 * @param word     what was done, see {@link Action#word()}; a newer release may have written one that this one does not know
 * @param subject  what it was done to, e.g. {@code connection-7}
 * @param name     of the subject, as it was then
 * @param hash     of this line and all before it, 64 hexadecimal digits
 */
public record AuditEntry(
        CompanyId company,
        long number,
        Instant at,
        Actor actor,
        String word,
        String subject,
        String name,
        List<Change> changes,
        String hash) {

    public Optional<Action> action() {
        return Action.of(word);
    }
}
