package io.patchbay.directory;

/** Names an employee inside this hub. */
public record EmployeeId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
