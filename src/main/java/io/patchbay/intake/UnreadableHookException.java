package io.patchbay.intake;

/** A hook's bytes make no sense. It is put aside with this reason and the next ones go on. */
class UnreadableHookException extends RuntimeException {

    UnreadableHookException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
    }
}
