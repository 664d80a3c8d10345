package io.patchbay.journal;

/** A connector's decoding yielded something that is no fact. The message names the member. */
public final class MalformedFactException extends RuntimeException {

    MalformedFactException(String message) {
        super(message);
    }
}
