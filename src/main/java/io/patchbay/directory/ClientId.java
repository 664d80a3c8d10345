package io.patchbay.directory;

/** A client of the directory. */
public record ClientId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
