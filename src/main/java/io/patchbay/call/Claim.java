package io.patchbay.call;

/** A value and how sure it is. Of two claims the surer one counts; a guess stays visible as a guess. */
public record Claim<T>(T value, Certainty certainty) {

    public static <T> Claim<T> stated(T value) {
        return new Claim<>(value, Certainty.STATED);
    }
}
