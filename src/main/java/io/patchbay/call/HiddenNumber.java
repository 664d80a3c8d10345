package io.patchbay.call;

/** The caller withheld the number. */
public record HiddenNumber() implements Party {

    @Override
    public String raw() {
        return "";
    }
}
