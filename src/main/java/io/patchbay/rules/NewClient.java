package io.patchbay.rules;

import java.util.Optional;

/**
 * Whether an unknown number becomes a client.
 *
 * @param kind what it becomes in the connected system's words, e.g. {@code lead}; empty for what the connection's settings say
 */
public record NewClient(boolean wanted, Optional<String> kind) {

    public static final NewClient NONE = new NewClient(false, Optional.empty());

    /** What the connection's settings say. */
    public static final NewClient USUAL = new NewClient(true, Optional.empty());

    public static NewClient of(String kind) {
        return new NewClient(true, Optional.of(kind));
    }
}
