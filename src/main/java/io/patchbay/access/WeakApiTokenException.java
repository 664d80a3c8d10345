package io.patchbay.access;

/** The API token given by the environment is too short to be safe. */
class WeakApiTokenException extends RuntimeException {

    WeakApiTokenException(int length) {
        super("The API token in the environment variable PATCHBAY_API_TOKEN has " + length
                + " characters; it needs at least " + AccessProperties.SHORTEST_TOKEN + ".");
    }
}
