package io.patchbay.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A password somebody chose, good enough to be stored. */
public final class Password {

    /** Characters; length beats rules about character kinds. */
    public static final int SHORTEST = 12;

    // bcrypt reads no more than 72 bytes, so a longer password would only pretend to be stronger
    private static final int LONGEST_BYTES = 72;

    private final String characters;

    private Password(String characters) {
        this.characters = characters;
    }

    /** Why it is not good enough. */
    public enum Flaw {
        TOO_SHORT,
        TOO_LONG
    }

    public static Optional<Flaw> flaw(String characters) {
        if (characters.codePointCount(0, characters.length()) < SHORTEST) {
            return Optional.of(Flaw.TOO_SHORT);
        }
        return characters.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES
                ? Optional.of(Flaw.TOO_LONG)
                : Optional.empty();
    }

    public static Password of(String characters) {
        flaw(characters).ifPresent(flaw -> {
            throw new IllegalArgumentException("The password is " + flaw + ".");
        });
        return new Password(characters);
    }

    String reveal() {
        return characters;
    }

    @Override
    public String toString() {
        return "***";
    }
}
