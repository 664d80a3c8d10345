package io.patchbay.audit;

import java.util.Optional;

/**
 * What a look at a whole log found.
 *
 * @param lines  that are as they were written, counted from the first
 * @param hash   of the last of these: kept elsewhere, it proves later that nothing before it was changed
 * @param broken the first thing that is wrong
 */
public record Verdict(long lines, String hash, Optional<Broken> broken) {

    /** @param number of the first line that is not as it was written, or not there */
    public record Broken(long number, Flaw flaw) {}

    /** What is wrong with a log. */
    public enum Flaw {
        /** The line was changed, exchanged with another, or follows another than it did. */
        CHANGED,
        /** The line is not there, and later ones are. */
        MISSING,
        /** The log ends before this line, which was the next at least. */
        CUT,
        /** The end of the log is not the one that the hub sealed: lines were written by somebody else, or all hashes anew. */
        FORGED,
        /** What the hub sealed about the end of the log is gone or does not open. */
        UNSEALED
    }

    public boolean isWhole() {
        return broken.isEmpty();
    }
}
