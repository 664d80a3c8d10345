package io.patchbay.runtime;

import org.jspecify.annotations.Nullable;

/** The hub cannot start as it was told to. Shown as two sentences, what is wrong and what to do, and never as a stack trace. */
public class StartRefusedException extends RuntimeException {

    private final String action;

    public StartRefusedException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    public StartRefusedException(String message, String action) {
        this(message, action, null);
    }

    /** What to do about it, one sentence. */
    public String action() {
        return action;
    }
}
