package io.patchbay.call;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Chooses among what several facts claim: the surest, of equally sure ones the earliest. */
final class Claims {

    private Claims() {}

    /** @param told facts in a total order, earliest first */
    static <T> Optional<T> surest(List<LegFact> told, Function<LegFact, Optional<Claim<T>>> member) {
        return told.stream()
                .flatMap(f -> member.apply(f).stream())
                .sorted(Comparator.comparing((Claim<T> claim) -> claim.certainty())
                        .reversed()) // a stable sort: the earliest stays first among equals
                .findFirst()
                .map(Claim::value);
    }
}
