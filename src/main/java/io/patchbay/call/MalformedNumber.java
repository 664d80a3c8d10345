package io.patchbay.call;

/** Something that no number plan knows. It is kept as it came and never makes a client. */
public record MalformedNumber(String raw) implements Party {

    @Override
    public String toString() {
        return "malformed number of " + raw.length() + " characters";
    }
}
