package io.patchbay.journal;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
            DELETE FROM raw_hook WHERE id IN (SELECT id FROM raw_hook WHERE received_at < ? ORDER BY received_at LIMIT ?)\
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
