package io.patchbay.retention;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of data with a time of their own. A name is stored, so it is for ever. */
public enum Kept {
    /** Bodies of hooks as they came. The hub as a whole may keep them shorter: {@code patchbay.intake.keep-raw}. */
    RAW_HOOKS(30, 1),
    /** What was said. The call goes on telling that there was a recording. */
    RECORDINGS(0, 1),
    /** What connected systems answered to attempts. */
    ATTEMPTS(180, 1),
    /** Orders by click-to-call. */
    ORDERS(365, 1),
    ALERTS(365, 1),
    /** Long pieces of work that are over. */
    RUNS(365, 1),
    /** Calls with their facts, their recordings and all that was done because of them. Not shorter than a PBX's history is imported, or they would come back. */
    CALLS(0, 30);

    private final int usual;
    private final int least;

    /** @param usual days, 0 for ever; least: fewer days are refused */
    Kept(int usual, int least) {
        this.usual = usual;
        this.least = least;
    }

    /** Days, where the company has set none; 0: until somebody removes it. */
    public int usual() {
        return usual;
    }

    /** Whether this many days are allowed; 0 always is. */
    public boolean allows(int days) {
        return days == 0 || days >= least && days <= 36_500;
    }

    public int least() {
        return least;
    }

    /** How it is written in the API and in the keys of texts: {@code raw-hooks}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Kept> of(String word) {
        return Arrays.stream(values()).filter(kept -> kept.word().equals(word)).findFirst();
    }
}
