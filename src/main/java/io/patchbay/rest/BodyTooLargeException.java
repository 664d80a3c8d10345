package io.patchbay.rest;

import java.io.IOException;

/** The body of a request is longer than the API takes. */
class BodyTooLargeException extends IOException {

    BodyTooLargeException(long limit) {
        super("A body may have at most " + limit + " bytes.");
    }
}
