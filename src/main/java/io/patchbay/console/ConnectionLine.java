package io.patchbay.console;

import java.util.List;

/**
 * A connection in the list.
 *
 * @param version changes with anything that is shown
 * @param sent    when something was asked of the system with success last, in words
 * @param heard   when the system was heard of last, in words
 * @param open    calls that are still to be written there
 * @param held    hooks over its pace that wait to be read
 * @param parked  what was given up there and waits for a person
 * @param limit   percent of the system's rate limit that is in use; empty when it has none
 * @param token   when the access token ends, in words; empty when there is none
 * @param alerts  what people were told of and is not over, a sentence each
 */
record ConnectionLine(
        Lamp lamp,
        String version,
        String sent,
        String heard,
        int open,
        int held,
        int parked,
        String limit,
        String token,
        List<String> alerts) {

    ConnectionLine versioned() {
        return new ConnectionLine(
                lamp, Integer.toHexString(hashCode()), sent, heard, open, held, parked, limit, token, alerts);
    }
}
