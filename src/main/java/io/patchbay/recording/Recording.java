package io.patchbay.recording;

import io.patchbay.call.CallKey;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One employee's recording of one call.
 *
 * @param file name below the recordings folder; empty until it is stored
 */
public record Recording(
        long id,
        CompanyId company,
        CallKey call,
        Seat seat,
        State state,
        int attempts,
        Instant endedAt,
        Optional<String> file,
        String contentType,
        long sizeBytes,
        Duration talkTime) {

    public enum State {
        WANTED,
        STORED,
        /** The PBX never had it: no talk, no right to record, or the option is not paid for. */
        ABSENT
    }
}
