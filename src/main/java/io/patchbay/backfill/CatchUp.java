package io.patchbay.backfill;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.journal.Joined;
import io.patchbay.run.Piece;
import io.patchbay.run.Run;
import io.patchbay.run.RunFailedException;
import io.patchbay.run.Tally;
import io.patchbay.run.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Imports a PBX's history of a range of time, slice by slice. Reading a slice again stores nothing a second time, because the journal knows each row.
 *
 * <p>A call belongs to the slice in which it began. Its rows may lie in the next: so each slice is read with a margin on both sides, and a call that is cut off at
 * its beginning is told by the slice before.
 */
@Component
class CatchUp implements Work {

    static final String KIND = "catch-up";

    private final Connections connections;
    private final History history;
    private final BackfillProperties backfill;
    private final CatchUpProperties properties;
    private final Clock clock;

    CatchUp(
            Connections connections,
            History history,
            BackfillProperties backfill,
            CatchUpProperties properties,
            Clock clock) {
        this.connections = connections;
        this.history = history;
        this.backfill = backfill;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Progress is told in slices. */
    @Override
    public Piece next(Run run) {
        var connection = connections
                .find(run.company(), new ConnectionId(run.scope().connection().orElseThrow()))
                .orElseThrow(() -> new RunFailedException("SETUP", "The connection was removed."));
        var end = run.scope().to().orElseThrow();
        var from = run.bookmark().isEmpty()
                ? run.scope().from().orElseThrow()
                : Instant.ofEpochMilli(Long.parseLong(run.bookmark()));
        var to = earlier(from.plus(properties.slice()), end);
        try {
            var tally = slice(connection, from, to);
            var piece = Piece.at(Long.toString(to.toEpochMilli()))
                    .did(1, tally)
                    .outOf(run.progress().done() + slices(from, end))
                    .reporting("");
            return to.isBefore(end) ? piece : piece.andThatIsAll();
        } catch (ConnectorException e) {
            return waitOrFail(run, e);
        }
    }

    private Tally slice(Connection connection, Instant from, Instant to) {
        var now = clock.instant();
        var read = history.read(connection, from.minus(backfill.overlap()), earlier(to.plus(backfill.overlap()), now));
        var tally = Tally.of("put-aside", read.putAside());
        for (var chain : HistoryChains.of(read.rows())) {
            var began = chain.rows().getFirst().started();
            var whole = chain.complete().plus(backfill.quiet()).isBefore(now); // else it is left to the live events
            if (whole && !began.isBefore(from) && began.isBefore(to)) {
                tally = tally.and(came(history.join(connection, chain)));
            }
        }
        return tally;
    }

    private static Tally came(List<Joined> calls) {
        var news = calls.stream().filter(Joined::changed).count();
        return Tally.of("imported", news).and("known", calls.size() - news);
    }

    /** A PBX that is down is asked again until it answers or a person stops the run. */
    private Piece waitOrFail(Run run, ConnectorException e) {
        var said = String.valueOf(e.getMessage());
        if (e.fault() == Fault.SETUP || !e.fault().passes()) {
            throw new RunFailedException(e.fault().name(), said);
        }
        var pause = e.retryAfter().compareTo(properties.again()) > 0 ? e.retryAfter() : properties.again();
        return Piece.at(run.bookmark()).reporting(said).thenPause(pause);
    }

    private long slices(Instant from, Instant to) {
        return Math.ceilDiv(
                Duration.between(from, to).toMillis(), properties.slice().toMillis());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
