package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code effect} and {@code attempt}. Two who store one effect at once are told apart by its version. */
public final class JdbcLedger implements Ledger {

    private final JdbcClient jdbc;

    public JdbcLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Effect> of(CallId call) {
        return jdbc.sql("SELECT * FROM effect WHERE call_id = ? ORDER BY id")
                .param(call.value())
                .query(JdbcLedger::effect)
                .list();
    }

    @Override
    public Map<CallId, List<Effect>> of(Collection<CallId> calls) {
        return calls.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("SELECT * FROM effect WHERE call_id IN (:calls) ORDER BY id")
                        .param("calls", calls.stream().map(CallId::value).toList())
                        .query(JdbcLedger::effect)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(Effect::call));
    }

    @Override
    public List<Effect> of(CallId call, long connection) {
        return jdbc.sql("SELECT * FROM effect WHERE call_id = ? AND connection_id = ? ORDER BY id")
                .params(call.value(), connection)
                .query(JdbcLedger::effect)
                .list();
    }

    @Override
    public List<Effect> parked(CompanyId company, long before, int limit) {
        return jdbc.sql("""
            SELECT * FROM effect WHERE company_id = ? AND state = 'PARKED' AND id < ? ORDER BY id DESC LIMIT ?\
            """)
                .params(company.value(), before, limit)
                .query(JdbcLedger::effect)
                .list();
    }

    @Override
    public List<Effect> parked(CompanyId company, long connection, long before, int limit) {
        return jdbc.sql("""
            SELECT * FROM effect WHERE company_id = ? AND state = 'PARKED' AND connection_id = ? AND id < ?
            ORDER BY id DESC LIMIT ?\
            """)
                .params(company.value(), connection, before, limit)
                .query(JdbcLedger::effect)
                .list();
    }

    @Override
    public Map<Long, Integer> parkedCounts(CompanyId company) {
        var counts = new HashMap<Long, Integer>();
        jdbc.sql("""
            SELECT connection_id, COUNT(*) FROM effect WHERE company_id = ? AND state = 'PARKED' GROUP BY connection_id\
            """).param(company.value()).query(row -> {
            counts.put(row.getLong(1), row.getInt(2));
        });
        return counts;
    }

    @Override
    public Optional<Effect> put(Effect effect) {
        return effect.version() == 0 ? insert(effect) : update(effect);
    }

    private Optional<Effect> insert(Effect effect) {
        return named("""
            INSERT INTO effect (company_id, call_id, connection_id, kind, subject, seat, state, attempts,
              first_tried_at, next_attempt_at, external_id, url, fault, last_error, version, changed_at)
            VALUES (:company, :call, :connection, :kind, :subject, :seat, :state, :attempts,
              :firstTried, :next, :externalId, :url, :fault, :error, 1, :changed)
            ON CONFLICT (call_id, connection_id, kind, subject) DO NOTHING
            RETURNING id\
            """, effect)
                .param("company", effect.company().value())
                .param("connection", effect.connection())
                .param("kind", effect.kind().name())
                .param("subject", effect.subject())
                .query(Long.class)
                .optional()
                .map(id -> effect.stored(id, 1));
    }

    private Optional<Effect> update(Effect effect) {
        var rows = named("""
            UPDATE effect SET call_id = :call, seat = :seat, state = :state, attempts = :attempts, first_tried_at = :firstTried,
              next_attempt_at = :next, external_id = :externalId, url = :url, fault = :fault, last_error = :error,
              version = version + 1, changed_at = :changed
            WHERE id = :id AND version = :version\
            """, effect)
                .param("id", effect.id())
                .param("version", effect.version())
                .update();
        return rows == 1 ? Optional.of(effect.stored(effect.id(), effect.version() + 1)) : Optional.empty();
    }

    private JdbcClient.StatementSpec named(String sql, Effect effect) {
        return jdbc.sql(sql)
                .param("call", effect.call().value())
                .param("seat", effect.seat().map(Seat::id).orElse(null), Types.VARCHAR)
                .param("state", effect.state().name())
                .param("attempts", effect.attempts())
                .param("firstTried", millis(effect.firstTriedAt()), Types.BIGINT)
                .param("next", millis(effect.nextAttemptAt()), Types.BIGINT)
                .param("externalId", effect.externalId().orElse(null), Types.VARCHAR)
                .param("url", effect.url().orElse(null), Types.VARCHAR)
                .param("fault", effect.fault().map(Fault::name).orElse(null), Types.VARCHAR)
                .param("error", effect.lastError())
                .param("changed", effect.changedAt().toEpochMilli());
    }

    @Override
    public void attempted(Effect effect, Attempt attempt) {
        jdbc.sql("""
            INSERT INTO attempt (effect_id, number, at, took_millis, fault, code, said)
            VALUES (:effect, :number, :at, :took, :fault, :code, :said)\
            """)
                .param("effect", effect.id())
                .param("number", attempt.number())
                .param("at", attempt.at().toEpochMilli())
                .param("took", attempt.took().toMillis())
                .param("fault", attempt.fault().map(Fault::name).orElse(null), Types.VARCHAR)
                .param("code", attempt.code())
                .param("said", attempt.said())
                .update();
    }

    @Override
    public List<Attempt> attempts(long effect) {
        return jdbc.sql("SELECT * FROM attempt WHERE effect_id = ? ORDER BY id")
                .param(effect)
                .query((row, number) -> new Attempt(
                        row.getInt("number"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        Duration.ofMillis(row.getLong("took_millis")),
                        text(row, "fault").map(Fault::valueOf),
                        row.getString("code"),
                        row.getString("said")))
                .list();
    }

    private static Effect effect(ResultSet row, int number) throws SQLException {
        return new Effect(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                new CallId(row.getLong("call_id")),
                row.getLong("connection_id"),
                EffectKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                text(row, "seat").map(Seat::new),
                new Progress(
                        EffectState.valueOf(row.getString("state")),
                        row.getInt("attempts"),
                        instant(row, "first_tried_at"),
                        instant(row, "next_attempt_at"),
                        text(row, "external_id"),
                        text(row, "url"),
                        text(row, "fault").map(Fault::valueOf),
                        row.getString("last_error"),
                        Instant.ofEpochMilli(row.getLong("changed_at"))),
                row.getLong("version"));
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
