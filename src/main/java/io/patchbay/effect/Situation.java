package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.Seat;
import io.patchbay.connector.Operation;
import io.patchbay.rules.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that a plan is made from.
 *
 * @param clientKnown whether it is known who the other side is in this connection
 * @param mapped    whether the employee at a seat is known in this connection
 * @param abilities what this connection's connector can do
 * @param ledger    the effects of this call in this connection
 */
public record Situation(
        Call call,
        boolean clientKnown,
        Predicate<Seat> mapped,
        RuleSet rules,
        Set<Operation> abilities,
        List<Effect> ledger,
        Instant now) {}
