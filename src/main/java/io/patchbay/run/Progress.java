package io.patchbay.run;

import java.util.Optional;

/**
 * How much of a run, or of its preview, is done.
 *
 * @param total as far as it is known by now
 */
public record Progress(long done, Optional<Long> total, Tally tally) {

    static final Progress NONE = new Progress(0, Optional.empty(), Tally.NONE);

    Progress and(Piece piece) {
        return new Progress(done + piece.done(), piece.total().or(() -> total), tally.and(piece.tally()));
    }
}
