package io.patchbay.console;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.Company;
import io.patchbay.journal.CallQuery;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the list shows, as the address of the page says it.
 *
 * @param show   the name of a {@link Show}, in lower case
 * @param number as it was typed
 */
record CallFilter(String show, String number) {

    /** The choices above the list. */
    enum Show {
        ALL(Optional.empty(), Optional.empty()),
        MISSED(Optional.empty(), Optional.of(CallResult.MISSED)),
        INBOUND(Optional.of(Direction.INBOUND), Optional.empty()),
        OUTBOUND(Optional.of(Direction.OUTBOUND), Optional.empty());

        private final Optional<Direction> direction;
        private final Optional<CallResult> result;

        Show(Optional<Direction> direction, Optional<CallResult> result) {
            this.direction = direction;
            this.result = result;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CallFilter(@Nullable String show, @Nullable String number) {
        this.show = Objects.requireNonNullElse(show, "all");
        this.number = Objects.requireNonNullElse(number, "").strip();
    }

    /** Empty when the number is none: nothing can be found by it. */
    Optional<CallQuery> query(Company company, Optional<String> cursor, int limit) {
        Optional<String> e164 = number.isEmpty()
                ? Optional.empty()
                : new NumberPlan(company.region()).read(number) instanceof PhoneNumber phone
                        ? Optional.of(phone.e164())
                        : Optional.of("");
        if (e164.filter(String::isEmpty).isPresent()) {
            return Optional.empty();
        }
        var chosen = chosen();
        return Optional.of(new CallQuery(
                company.id(),
                Optional.empty(),
                Optional.empty(),
                chosen.direction,
                chosen.result,
                Set.of(),
                e164,
                cursor,
                limit));
    }

    Show chosen() {
        for (var choice : Show.values()) {
            if (choice.word().equals(show)) {
                return choice;
            }
        }
        return Show.ALL;
    }

    public boolean isNarrow() {
        return chosen() != Show.ALL || !number.isEmpty();
    }
}
