package io.patchbay.call;

/** An inner number of an employee or a group, e.g. {@code 201}. Never a client. */
public record Extension(String digits) implements Party {

    @Override
    public String raw() {
        return digits;
    }

    @Override
    public String toString() {
        return digits;
    }
}
