package io.patchbay.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be seen by chance: only {@link #reveal()} shows it. */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself. For the moment of use; never for a log, a page or a message. */
    public String reveal() {
        return text;
    }

    /** In constant time. */
    public boolean is(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && is(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
