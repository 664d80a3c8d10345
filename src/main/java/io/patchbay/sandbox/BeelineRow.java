package io.patchbay.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One employee's part of a call as the history keeps it: the source of a statistics row and of a recording.
 *
 * @param number   the other side, {@code +79000001234} or an extension; empty when hidden
 * @param answered empty when nobody spoke
 */
public record BeelineRow(
        BeelineEmployee employee,
        boolean inbound,
        String number,
        Instant started,
        Optional<Instant> answered,
        Instant ended,
        String tracking,
        String callId) {

    Duration talk() {
        return answered.map(from -> Duration.between(from, ended)).orElse(Duration.ZERO);
    }

    /** {@code RECIEVED} is the vendor's spelling [code] contracts/pbx/beeline.md section 8.4. */
    String status() {
        return inbound ? (answered.isPresent() ? "RECIEVED" : "MISSED") : "PLACED";
    }

    /** Talks between colleagues are not recorded here [inferred]. */
    boolean isRecorded() {
        return employee.recorded() && answered.isPresent() && !isInternal();
    }

    boolean isInternal() {
        return !number.isEmpty() && !number.startsWith("+");
    }
}
