package io.patchbay.run;

import java.time.Duration;
import java.util.Optional;

/**
 * What one piece of a run came to. It is stored before the next begins: of a run whose hub is killed only the piece in hand is done again.
 *
 * @param bookmark where to go on
 * @param done     how many more are done now
 * @param total    how many there are in all, when that is known better than before
 * @param tally    what came of those
 * @param pause    until the next piece; zero for none
 * @param report   takes the place of the run's report; empty: it stays
 * @param last     nothing is left to do
 */
public record Piece(
        String bookmark,
        long done,
        Optional<Long> total,
        Tally tally,
        Duration pause,
        Optional<String> report,
        boolean last) {

    /** Nothing done but to know where to go on. */
    public static Piece at(String bookmark) {
        return new Piece(bookmark, 0, Optional.empty(), Tally.NONE, Duration.ZERO, Optional.empty(), false);
    }

    public Piece did(long done, Tally tally) {
        return new Piece(bookmark, done, total, tally, pause, report, last);
    }

    public Piece outOf(long total) {
        return new Piece(bookmark, done, Optional.of(total), tally, pause, report, last);
    }

    public Piece thenPause(Duration pause) {
        return new Piece(bookmark, done, total, tally, pause, report, last);
    }

    public Piece reporting(String report) {
        return new Piece(bookmark, done, total, tally, pause, Optional.of(report), last);
    }

    public Piece andThatIsAll() {
        return new Piece(bookmark, done, total, tally, pause, report, true);
    }
}
