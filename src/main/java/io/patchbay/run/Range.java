package io.patchbay.run;

import java.time.Duration;
import java.time.Instant;

/**
 * A range of time.
 *
 * @param from inclusive
 * @param to   exclusive, later than {@code from}
 */
public record Range(Instant from, Instant to) {

    /** @throws NotBegunException when it ends before it begins */
    public Range {
        if (!from.isBefore(to)) {
            throw new NotBegunException("to", "order", 0, "must be later than from.");
        }
    }

    /** @throws NotBegunException when it is longer than that */
    public Range noLongerThan(Duration longest) {
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw new NotBegunException(
                    "to",
                    "too-long",
                    longest.toDays(),
                    "must be no more than " + longest.toDays() + " days after from. Take several ranges.");
        }
        return this;
    }
}
