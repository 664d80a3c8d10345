package io.patchbay.journal;

import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls of a company to list.
 *
 * @param from     start of the call, inclusive
 * @param to       start of the call, exclusive
 * @param seats    one of these was rung or spoke; empty: whoever
 * @param number   the client's number in E.164
 * @param cursor   {@link CallPage#next} of the page before
 * @param limit    1 to {@value #LARGEST_PAGE}
 */
public record CallQuery(
        CompanyId company,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Direction> direction,
        Optional<CallResult> result,
        Set<Seat> seats,
        Optional<String> number,
        Optional<String> cursor,
        int limit) {

    public static final int LARGEST_PAGE = 500;

    public CallQuery {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("A page holds 1 to " + LARGEST_PAGE + " calls, not " + limit + ".");
        }
    }

    /** The same calls, but only those in which one of these seats was rung or spoke. */
    public CallQuery at(Set<Seat> others) {
        return new CallQuery(company, from, to, direction, result, others, number, cursor, limit);
    }

    /** The newest calls, whatever they are. */
    public static CallQuery newest(CompanyId company, int limit) {
        return new CallQuery(
                company,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
