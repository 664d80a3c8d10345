package io.patchbay.run;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code run}. Who works on a run holds it by a lease; what a former holder stores is not taken. Thread-safe. */
@Repository
public class Runs {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Taken when its time has come and nobody holds it. */
    private static final String FREE =
            "state IN ('PREVIEWING', 'WAITING', 'RUNNING') AND next_at <= :now AND lease_until <= :now";

    private final JdbcClient jdbc;
    private final Clock clock;

    public Runs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Is worked on as soon as a hand is free. */
    public Run begin(CompanyId company, String kind, Scope scope, String begunBy) {
        return add(company, kind, scope, begunBy, RunState.WAITING);
    }

    /** Finds out first what it would do; then waits for {@link #start}. */
    public Run preview(CompanyId company, String kind, Scope scope, String begunBy) {
        return add(company, kind, scope, begunBy, RunState.PREVIEWING);
    }

    private Run add(CompanyId company, String kind, Scope scope, String begunBy, RunState state) {
        var now = clock.millis();
        var id = jdbc.sql("""
            INSERT INTO run (company_id, kind, connection_id, from_at, to_at, about, begun_by, state, cancelled, done, tally, would,
              bookmark, why, report, failures, next_at, lease_until, created_at)
            VALUES (:company, :kind, :connection, :from, :to, :about, :by, :state, :no, 0, '[]', '[]',
              '', '', '', 0, :now, 0, :now)
            RETURNING id\
            """)
                .param("company", company.value())
                .param("kind", kind)
                .param("connection", scope.connection().orElse(null), Types.BIGINT)
                .param("from", millis(scope.from()), Types.BIGINT)
                .param("to", millis(scope.to()), Types.BIGINT)
                .param("about", JSON.writeValueAsString(scope.about()))
                .param("by", begunBy)
                .param("state", state.name())
                .param("no", false)
                .param("now", now)
                .query(Long.class)
                .single();
        return find(company, id).orElseThrow();
    }

    public Optional<Run> find(CompanyId company, long id) {
        return jdbc.sql("SELECT * FROM run WHERE id = ? AND company_id = ?")
                .params(id, company.value())
                .query(Runs::run)
                .optional();
    }

    /**
     * Newest first.
     *
     * @param before only ids smaller than this; {@link Long#MAX_VALUE} for the first page
     */
    public List<Run> list(CompanyId company, long before, int limit) {
        return jdbc.sql("SELECT * FROM run WHERE company_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .params(company.value(), before, limit)
                .query(Runs::run)
                .list();
    }

    /**
     * Starts a run that was previewed, or goes on with one that was stopped or failed, where it was.
     *
     * @return false when {@link Run#mayStart} says no, or there is no such run
     */
    public boolean start(CompanyId company, long id) {
        return find(company, id)
                .filter(Run::mayStart)
                .map(run -> run.state() == RunState.PREVIEWED ? leavePreview(run) : goOn(run))
                .orElse(false);
    }

    private boolean leavePreview(Run run) {
        return jdbc.sql("""
            UPDATE run SET state = 'WAITING', would = tally, tally = '[]', done = 0, bookmark = '', failures = 0, next_at = ?
            WHERE id = ? AND state = 'PREVIEWED'\
            """).params(clock.millis(), run.id()).update() == 1;
    }

    private boolean goOn(Run run) {
        return jdbc.sql("""
            UPDATE run SET state = 'WAITING', cancelled = :no, why = '', report = '', failures = 0, next_at = :now, ended_at = NULL
            WHERE id = :id AND state IN ('CANCELLED', 'FAILED')\
            """)
                        .param("no", false)
                        .param("now", clock.millis())
                        .param("id", run.id())
                        .update()
                == 1;
    }

    /**
     * Stops a run: at once when nobody works on it, else after the piece in hand.
     *
     * @return false when it is over already, or there is no such run
     */
    public boolean cancel(CompanyId company, long id) {
        return jdbc.sql("""
            UPDATE run SET cancelled = :yes, next_at = :now,
              ended_at = CASE WHEN lease_until <= :now THEN :now ELSE NULL END,
              state = CASE WHEN lease_until <= :now THEN 'CANCELLED' ELSE state END
            WHERE id = :id AND company_id = :company AND state IN ('PREVIEWING', 'PREVIEWED', 'WAITING', 'RUNNING')\
            """)
                        .param("yes", true)
                        .param("now", clock.millis())
                        .param("id", id)
                        .param("company", company.value())
                        .update()
                == 1;
    }

    /** A run in somebody's hands. */
    record Held(Run run, String holder, int failures) {}

    /** Takes runs that wait for a hand, the longest waiting first. */
    List<Held> take(int most, Duration lease) {
        var now = clock.instant();
        var due = jdbc.sql("SELECT id FROM run WHERE " + FREE + " ORDER BY next_at, id LIMIT :most")
                .param("now", now.toEpochMilli())
                .param("most", most)
                .query(Long.class)
                .list();
        var taken = new ArrayList<Held>();
        for (var id : due) {
            var holder = UUID.randomUUID().toString();
            var mine = jdbc.sql("""
                UPDATE run SET holder = :holder, lease_until = :until, started_at =
                  CASE WHEN state = 'WAITING' AND started_at IS NULL THEN :now ELSE started_at END,
                  state = CASE WHEN state = 'WAITING' THEN 'RUNNING' ELSE state END
                WHERE id = :id AND %s\
                """.formatted(FREE))
                    .param("holder", holder)
                    .param("until", now.plus(lease).toEpochMilli())
                    .param("now", now.toEpochMilli())
                    .param("id", id)
                    .update();
            if (mine == 1) {
                held(id, holder).ifPresent(taken::add);
            }
        }
        return taken;
    }

    /** @return as it stands now; empty when somebody else holds it */
    Optional<Held> again(Held held) {
        return held(held.run().id(), held.holder());
    }

    private Optional<Held> held(long id, String holder) {
        return jdbc.sql("SELECT * FROM run WHERE id = ? AND holder = ?")
                .params(id, holder)
                .query((row, number) -> new Held(run(row, number), holder, row.getInt("failures")))
                .optional();
    }

    /** Keeps others away from a run that is still worked on. */
    void renew(Held held, Duration lease) {
        jdbc.sql("UPDATE run SET lease_until = ? WHERE id = ? AND holder = ?")
                .params(clock.instant().plus(lease).toEpochMilli(), held.run().id(), held.holder())
                .update();
    }

    /** @return false when somebody else holds it by now: nothing was stored */
    boolean store(Held held, Piece piece) {
        var run = held.run();
        var progress = run.progress().and(piece);
        return jdbc.sql("""
            UPDATE run SET bookmark = :bookmark, done = :done, total = :total, tally = :tally, report = :report, failures = 0
            WHERE id = :id AND holder = :holder\
            """)
                        .param("bookmark", piece.bookmark())
                        .param("done", progress.done())
                        .param("total", progress.total().orElse(null), Types.BIGINT)
                        .param("tally", write(progress.tally()))
                        .param("report", piece.report().orElse(run.report()))
                        .param("id", run.id())
                        .param("holder", held.holder())
                        .update()
                == 1;
    }

    /** Lets go of a run that is to be worked on again. */
    void release(Held held, Duration pause, int failures) {
        jdbc.sql("""
            UPDATE run SET holder = NULL, lease_until = 0, failures = ?,
              next_at = CASE WHEN cancelled THEN next_at ELSE ? END
            WHERE id = ? AND holder = ?\
            """)
                .params(
                        failures,
                        clock.instant().plus(pause).toEpochMilli(),
                        held.run().id(),
                        held.holder())
                .update();
    }

    /** Lets go of a run whose preview is made, so that a person may decide. */
    void previewed(Held held) {
        jdbc.sql("""
            UPDATE run SET holder = NULL, lease_until = 0,
              state = CASE WHEN cancelled THEN 'CANCELLED' ELSE 'PREVIEWED' END,
              ended_at = CASE WHEN cancelled THEN :now ELSE NULL END
            WHERE id = :id AND holder = :holder\
            """)
                .param("now", clock.millis())
                .param("id", held.run().id())
                .param("holder", held.holder())
                .update();
    }

    void ended(Held held, RunState state, String why, String report) {
        jdbc.sql("""
            UPDATE run SET holder = NULL, lease_until = 0, state = ?, why = ?, report = ?, ended_at = ? WHERE id = ? AND holder = ?\
            """)
                .params(state.name(), why, report, clock.millis(), held.run().id(), held.holder())
                .update();
    }

    /** @return how many runs that were over by then are forgotten */
    int forgetBefore(Instant end) {
        return jdbc.sql("DELETE FROM run WHERE ended_at < ? AND state IN ('DONE', 'CANCELLED', 'FAILED')")
                .param(end.toEpochMilli())
                .update();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getString("kind"),
                new Scope(number(row, "connection_id"), instant(row, "from_at"), instant(row, "to_at"), (ObjectNode)
                        JSON.readTree(row.getString("about"))),
                row.getString("begun_by"),
                RunState.valueOf(row.getString("state")),
                row.getBoolean("cancelled"),
                new Progress(row.getLong("done"), number(row, "total"), tally(row.getString("tally"))),
                tally(row.getString("would")),
                row.getString("bookmark"),
                row.getString("why"),
                row.getString("report"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static String write(Tally tally) {
        var lines = JSON.createArrayNode();
        for (var line : tally.lines()) {
            var outcome = line.outcome();
            lines.addArray()
                    .add(outcome.word())
                    .add(outcome.connection().orElse(null))
                    .add(outcome.of())
                    .add(line.count());
        }
        return JSON.writeValueAsString(lines);
    }

    private static Tally tally(String written) {
        var tally = Tally.NONE;
        for (JsonNode line : JSON.readTree(written)) {
            var connection = Optional.of(line.get(1)).filter(JsonNode::isNumber).map(JsonNode::asLong);
            tally = tally.and(
                    new Tally.Outcome(
                            line.get(0).asString(), connection, line.get(2).asString()),
                    line.get(3).asLong());
        }
        return tally;
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        var number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return number(row, column).map(Instant::ofEpochMilli);
    }
}
