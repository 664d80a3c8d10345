package io.patchbay.console;

/**
 * A connection in the list.
 *
 * @param version changes with anything that is shown
 * @param sent    when something was asked of the system with success last, in words
 * @param heard   when the system was heard of last, in words
 * @param open    calls that are still to be written there
 * @param parked  what was given up there and waits for a person
 */
record ConnectionLine(Lamp lamp, String version, String sent, String heard, int open, int parked) {

    ConnectionLine versioned() {
        return new ConnectionLine(lamp, Integer.toHexString(hashCode()), sent, heard, open, parked);
    }
}
