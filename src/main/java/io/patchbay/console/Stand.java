package io.patchbay.console;

/**
 * Where a call stands in one connected system, or why not.
 *
 * @param url where a person sees it, empty when there is nothing to see
 */
record Stand(Tone tone, String icon, String text, String url) {

    static Stand good(String text, String url) {
        return new Stand(Tone.GOOD, "check", text, url);
    }

    static Stand waits(String text) {
        return new Stand(Tone.WAIT, "clock", text, "");
    }

    static Stand bad(String text) {
        return new Stand(Tone.BAD, "alert", text, "");
    }

    static Stand quiet(String text) {
        return new Stand(Tone.QUIET, "clock", text, "");
    }

    public boolean isLink() {
        return !url.isEmpty();
    }
}
