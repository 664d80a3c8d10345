package io.patchbay.rest;

/** There is no such thing in the caller's company. Whether there is one in another company cannot be told from the answer. */
class NotFoundException extends RuntimeException {

    NotFoundException(String what, Object name) {
        super("There is no " + what + " " + name + ".");
    }
}
