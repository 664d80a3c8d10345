package io.patchbay.console;

import java.util.Locale;

/** How something stands, shown by a colour and always also by a word. */
enum Tone {
    GOOD,
    WAIT,
    BAD,
    LIVE,
    QUIET;

    /** The ending of the style's class. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
