package io.patchbay.effect;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.rules.RuleSet;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A connection in which calls have effects.
 *
 * @param defaultEmployee who stands in for everybody the target does not know, by the target's id
 * @param takesContent    wants recordings as bytes, not as a link
 * @param enabled         a person has it switched on
 * @param closedUntil     nothing is asked before, because its set-up is wrong and was probed a moment ago
 */
public record Receiver(
        long connection,
        CompanyId company,
        Set<Operation> abilities,
        RuleSet rules,
        Optional<String> defaultEmployee,
        boolean takesContent,
        boolean enabled,
        Optional<Instant> closedUntil) {

    /** The same by other rules. */
    Receiver by(RuleSet other) {
        return new Receiver(connection, company, abilities, other, defaultEmployee, takesContent, enabled, closedUntil);
    }

    boolean can(Operation operation) {
        return abilities.contains(operation);
    }

    /** Whether a call can have any effect there. */
    public boolean isInterested() {
        return can(Operation.OPEN_CALL) || can(Operation.LOG_CALL) || can(Operation.SHOW_CARD);
    }
}
