package io.patchbay.watch;

import java.time.Duration;

/**
 * What is usual in a company.
 *
 * @param silenceAfter working time without a word of a PBX after which it is told; zero: never
 */
public record Habits(WorkingHours hours, Duration silenceAfter) {

    private static final Duration LONGEST = Duration.ofDays(7); // before USUAL, which is checked against it

    /** A PBX that reports every call says something within this time in most companies. */
    public static final Habits USUAL = new Habits(WorkingHours.USUAL, Duration.ofMinutes(15));

    public Habits {
        if (silenceAfter.isNegative() || silenceAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The time of silence must be from 0 to 10080 minutes.");
        }
    }
}
