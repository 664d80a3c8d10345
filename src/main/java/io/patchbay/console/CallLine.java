package io.patchbay.console;

import java.util.List;

/**
 * A call as the list shows it.
 *
 * @param version changes whenever anything that is shown changes, so that a row is redrawn only then
 * @param arrow   icon of the direction
 * @param name    of the client, or what the number is when there is no name
 * @param number  written for people; empty when the name says it all
 * @param at      ISO 8601
 */
record CallLine(
        String id,
        String version,
        String arrow,
        String direction,
        String name,
        String number,
        String at,
        String time,
        String day,
        String length,
        String result,
        Tone tone,
        String responsible,
        List<Stand> stands) {

    CallLine versioned() {
        return new CallLine(
                id,
                Integer.toHexString(hashCode()),
                arrow,
                direction,
                name,
                number,
                at,
                time,
                day,
                length,
                result,
                tone,
                responsible,
                stands);
    }
}
