package io.patchbay.sandbox;

/** The simulated Megaplan refuses a request with this status. */
final class MegaplanRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String words;

    MegaplanRefusal(int status, String message) {
        super(message);
        this.status = status;
        this.words = message;
    }

    String words() {
        return words;
    }

    int status() {
        return status;
    }
}
