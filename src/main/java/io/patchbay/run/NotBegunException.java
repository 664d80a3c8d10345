package io.patchbay.run;

/** A run was asked for that cannot be: nothing was begun. */
public final class NotBegunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String word;
    private final long value;

    /**
     * @param field of the request
     * @param word  names the reason; its text for people is {@code run.refused.<word>}
     * @param value what the text puts in; 0 for nothing
     * @param said  the same in English, as the end of a sentence that begins with the field
     */
    public NotBegunException(String field, String word, long value, String said) {
        super(said);
        this.field = field;
        this.word = word;
        this.value = value;
    }

    public String field() {
        return field;
    }

    public String word() {
        return word;
    }

    public long value() {
        return value;
    }

    /** How it is told to programs. */
    public String said() {
        var said = getMessage();
        return said == null ? word : said;
    }
}
