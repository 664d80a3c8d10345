package io.patchbay.connector;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;

/**
 * One row of the manifest: what an answer of this target means. An answer matches when every condition that is given holds.
 *
 * @param status    HTTP statuses; empty: any
 * @param code      the target's own code, compared without regard to case
 * @param text      found anywhere in the target's words
 * @param pause     how long to stay away, zero for what the answer itself says
 * @param waitUntil where the body tells when to come back, epoch seconds
 * @param pauses    what has to wait besides this request
 */
public record Verdict(
        Set<Integer> status,
        Optional<String> code,
        Optional<Pattern> text,
        Meaning is,
        Duration pause,
        Optional<JsonPointer> waitUntil,
        Pauses pauses) {

    public enum Meaning {
        DONE,
        BUSY,
        REFUSED,
        SETUP,
        UNREACHABLE,
        NOT_SUPPORTED,
        /** The token ran out: renew it and repeat once. */
        RENEW
    }

    public enum Pauses {
        NOTHING,
        /** Requests of the same path. */
        PATH,
        /** The whole connection. */
        CONNECTION
    }

    public boolean matches(int answered, String answeredCode, String answeredText) {
        return (status.isEmpty() || status.contains(answered))
                && code.map(c -> c.equalsIgnoreCase(answeredCode)).orElse(true)
                && text.map(t -> t.matcher(answeredText).find()).orElse(true);
    }
}
