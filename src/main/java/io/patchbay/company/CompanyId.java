package io.patchbay.company;

/** Names a company inside this hub; everything stored belongs to exactly one. */
public record CompanyId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
