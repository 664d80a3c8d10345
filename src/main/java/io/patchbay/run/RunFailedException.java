package io.patchbay.run;

/** A run cannot go on, however often it is tried. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /**
     * @param why  a word, see {@link Run#why}
     * @param said a sentence for people
     */
    public RunFailedException(String why, String said) {
        super(said);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
