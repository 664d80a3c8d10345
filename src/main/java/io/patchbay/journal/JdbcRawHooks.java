package io.patchbay.journal;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcRawHooks implements RawHooks {

    private final JdbcClient jdbc;

    JdbcRawHooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long keep(
            CompanyId company,
            long connection,
            String hookId,
            Instant receivedAt,
            String headersJson,
            byte[] sealedBody) {
        return jdbc.sql("""
            INSERT INTO raw_hook (company_id, connection_id, hook_id, received_at, headers, sealed_body)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (hook_id) DO NOTHING RETURNING id\
            """)
                .params(company.value(), connection, hookId, receivedAt.toEpochMilli(), headersJson, sealedBody)
                .query(Long.class)
                .optional()
                .orElseGet(() -> jdbc.sql("SELECT id FROM raw_hook WHERE hook_id = ?")
                        .param(hookId)
                        .query(Long.class)
                        .single());
    }

    @Override
    public void hold(long id) {
        jdbc.sql("UPDATE raw_hook SET held_until = 0 WHERE id = ? AND held_until IS NULL AND facts IS NULL AND"
                        + " aside IS NULL")
                .param(id)
                .update();
    }

    /** From one connection to the next: there may be very many hooks and few connections. */
    @Override
    public List<Long> holding() {
        var all = new ArrayList<Long>();
        Optional<Long> next = holdingAfter(Long.MIN_VALUE);
        while (next.isPresent()) {
            all.add(next.get());
            next = holdingAfter(next.get());
        }
        return all;
    }

    private Optional<Long> holdingAfter(long connection) {
        return jdbc.sql("""
            SELECT connection_id FROM raw_hook WHERE held_until IS NOT NULL AND connection_id > ?
            ORDER BY connection_id LIMIT 1\
            """).param(connection).query(Long.class).optional();
    }

    @Override
    public List<HeldHook> take(long connection, Instant now, Instant until, int most) {
        return jdbc
                .sql("""
                    UPDATE raw_hook SET held_until = ?, held_tries = held_tries + 1
                    WHERE held_until <= ? AND id IN (
                      SELECT id FROM raw_hook WHERE connection_id = ? AND held_until <= ? ORDER BY id LIMIT ?)
                    RETURNING id, connection_id, sealed_body, held_tries\
                    """)
                .params(until.toEpochMilli(), now.toEpochMilli(), connection, now.toEpochMilli(), most)
                .query((row, ignored) -> new HeldHook(
                        row.getLong("id"),
                        row.getLong("connection_id"),
                        row.getBytes("sealed_body"),
                        row.getInt("held_tries")))
                .list()
                .stream()
                .sorted(Comparator.comparing(HeldHook::id))
                .toList();
    }

    @Override
    public void release(long id) {
        jdbc.sql("UPDATE raw_hook SET held_until = NULL WHERE id = ?").param(id).update();
    }

    @Override
    public void holdUntil(long id, Instant until) {
        jdbc.sql("UPDATE raw_hook SET held_until = ? WHERE id = ? AND held_until IS NOT NULL")
                .params(until.toEpochMilli(), id)
                .update();
    }

    @Override
    public int held(long connection) {
        return jdbc.sql("SELECT COUNT(*) FROM raw_hook WHERE connection_id = ? AND held_until IS NOT NULL")
                .param(connection)
                .query(Integer.class)
                .single();
    }

    @Override
    public void understood(long id, int facts, String note) {
        jdbc.sql("UPDATE raw_hook SET facts = ?, note = ?, aside = NULL WHERE id = ?")
                .params(facts, note, id)
                .update();
    }

    @Override
    public void putAside(long id, String reason) {
        jdbc.sql("UPDATE raw_hook SET aside = ? WHERE id = ?")
                .params(reason, id)
                .update();
    }

    @Override
    public Optional<RawHook> find(long id) {
        return jdbc.sql("SELECT * FROM raw_hook WHERE id = ?")
                .param(id)
                .query((row, ignored) -> hook(row))
                .optional();
    }

    @Override
    public Optional<Instant> lastFrom(long connection) {
        return jdbc.sql("SELECT received_at FROM raw_hook WHERE connection_id = ? ORDER BY received_at DESC LIMIT 1")
                .param(connection)
                .query(Long.class)
                .optional()
                .map(Instant::ofEpochMilli);
    }

    @Override
    public void forget(long id) {
        jdbc.sql("DELETE FROM raw_hook WHERE id = ?").param(id).update();
    }

    @Override
    public int forgetBefore(Instant receivedBefore, int atMost) {
        return jdbc.sql("""
            DELETE FROM raw_hook WHERE id IN (SELECT id FROM raw_hook WHERE received_at < ? AND held_until IS NULL
              ORDER BY received_at LIMIT ?)\
            """).params(receivedBefore.toEpochMilli(), atMost).update();
    }

    private static RawHook hook(ResultSet row) throws SQLException {
        var facts = row.getInt("facts");
        var understood = !row.wasNull(); // asked at once: it tells of the column read last
        return new RawHook(
                row.getLong("id"),
                new CompanyId(row.getLong("company_id")),
                row.getLong("connection_id"),
                row.getString("hook_id"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getString("headers"),
                row.getBytes("sealed_body"),
                understood ? Optional.of(facts) : Optional.empty(),
                Optional.ofNullable(row.getString("note")).filter(note -> !note.isEmpty()),
                Optional.ofNullable(row.getString("aside")));
    }
}
