package io.patchbay.console;

import java.util.List;

/** Everything known of one call, ready to be shown. */
record CallUnfolded(
        String id, List<FactView> facts, List<LegView> legs, List<EffectView> effects, List<RecordingView> recordings) {

    /** A thing about the call, e.g. the line; {@code name} is a key. */
    record FactView(String name, String value) {}

    /**
     * One party's part of the call. The bar is drawn on a scale of 1000 from the start of the call to its end.
     *
     * @param note what became of it
     */
    record LegView(
            String who,
            String role,
            String from,
            String note,
            int ringAt,
            int ringLength,
            int talkAt,
            int talkLength) {}

    /**
     * One effect.
     *
     * @param about  whom or what it concerns, may be empty
     * @param state  in words, with times
     * @param error  what went wrong, in the target's words; empty when nothing did
     * @param advice what to do about it; may be empty
     */
    record EffectView(
            Tone tone,
            String icon,
            String what,
            String system,
            String about,
            String state,
            String error,
            String advice,
            String url) {}

    /** @param url empty until the recording is there */
    record RecordingView(String who, String state, String url) {}
}
