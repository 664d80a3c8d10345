package io.patchbay.clicktocall;

import io.patchbay.call.CallKey;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.time.Instant;
import java.util.Optional;

/**
 * An order as it is stored.
 *
 * @param origin   the connection it came from
 * @param number   as the target wrote it
 * @param line     as the target wrote it, empty for none
 * @param placedAt when it was ordered, by the target's clock where it tells
 * @param pbx      who is to make the call; empty when nobody can
 * @param seat     whose phone is to ring first; empty when nobody's
 */
record Order(
        long id,
        CompanyId company,
        ConnectionId origin,
        State state,
        String number,
        String line,
        Instant placedAt,
        Optional<ConnectionId> pbx,
        Optional<Seat> seat) {

    enum State {
        /** Stored; the PBX was certainly not asked. */
        TAKEN,
        /** The intent: the PBX was asked, or is being asked, and has not said whether it makes the call. */
        ASKED,
        MADE,
        FAILED
    }

    /** What the hub calls the ordered call. */
    CallKey key() {
        return CallKey.ofOrder(pbx.orElse(origin).value(), id);
    }
}
