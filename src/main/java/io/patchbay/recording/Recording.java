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
 * @param name      what the PBX calls it; empty when call and seat are enough to find it
 * @param nextAt    when the PBX is asked again; empty when it is not
 * @param file      name below the recordings folder; empty until it is stored
 * @param lastError why it is not there yet or never will be; empty when there is nothing to say
 */
public record Recording(
        long id,
        CompanyId company,
        CallKey call,
        Seat seat,
        Optional<String> name,
        State state,
        int attempts,
        Optional<Instant> nextAt,
        Instant endedAt,
        Optional<String> file,
        String contentType,
        long sizeBytes,
        Duration talkTime,
        Optional<String> lastError) {

    public enum State {
        WANTED,
        STORED,
        /** The PBX never had it: no talk, no right to record, or the option is not paid for. */
        ABSENT,
        /** The PBX may have it, but the hub could not get it. */
        FAILED
    }

    /** The ending of its file: targets and players tell the format by it. */
    String ending() {
        return SoundType.of(contentType).ending();
    }
}
