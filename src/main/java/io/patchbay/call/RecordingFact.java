package io.patchbay.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * There may be a recording of what one employee spoke. Told by the PBX it is but a hint where to ask for one; told by the hub it is stored here.
 *
 * @param recording the hub's number of it once it is stored; before that the PBX's name of it after {@value #AT_PBX}, or empty when it is found by
 *                  call and seat
 * @param length    zero when not told
 */
public record RecordingFact(CallKey call, Instant at, Optional<String> recording, Optional<Seat> seat, Duration length)
        implements CallFact {

    private static final String AT_PBX = "pbx:";

    /** As {@code recording} when the PBX has a name for it. */
    public static String atPbx(String name) {
        return AT_PBX + name;
    }

    /** The hub has it. */
    public boolean isStored() {
        return recording.isPresent() && nameAtPbx().isEmpty();
    }

    /** What to call it when the PBX is asked. */
    public Optional<String> nameAtPbx() {
        return recording.filter(name -> name.startsWith(AT_PBX)).map(name -> name.substring(AT_PBX.length()));
    }
}
