package io.patchbay.care;

/** A command could not do what it was asked for. The message says why and what to do, for who typed it. */
class CareException extends RuntimeException {

    CareException(String message) {
        super(message);
    }

    CareException(String message, Throwable cause) {
        super(message, cause);
    }
}
