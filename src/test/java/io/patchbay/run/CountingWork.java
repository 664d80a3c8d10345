package io.patchbay.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Does ten things one by one, and writes down in which piece. */
final class CountingWork implements Work {

    static final String KIND = "count";
    private static final int ALL = 10;

    final List<Integer> done = new ArrayList<>();
    Duration pause = Duration.ZERO;
    Optional<RuntimeException> trouble = Optional.empty();
    Consumer<Run> meanwhile = run -> {};

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Piece preview(Run run) {
        var next = next(run.bookmark());
        return ended(Piece.at(Integer.toString(next)).did(1, Tally.of("would", 1)), next);
    }

    @Override
    public Piece next(Run run) {
        trouble.ifPresent(e -> {
            throw e;
        });
        var next = next(run.bookmark());
        done.add(next);
        meanwhile.accept(run);
        return ended(
                Piece.at(Integer.toString(next))
                        .did(1, Tally.of("done", 1))
                        .outOf(ALL)
                        .thenPause(pause),
                next);
    }

    private static int next(String bookmark) {
        return bookmark.isEmpty() ? 1 : Integer.parseInt(bookmark) + 1;
    }

    private static Piece ended(Piece piece, int next) {
        return next == ALL ? piece.reporting("All ten.").andThatIsAll() : piece;
    }
}
