package io.patchbay.watch;

import org.jspecify.annotations.Nullable;

/** A channel did not take an alert. The message holds no secret. */
class NotTakenException extends RuntimeException {

    NotTakenException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
