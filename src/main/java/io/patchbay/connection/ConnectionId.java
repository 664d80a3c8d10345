package io.patchbay.connection;

/** Names one company's use of a connector inside this hub. */
public record ConnectionId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
