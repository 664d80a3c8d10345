package io.patchbay.person;

import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code erasure} and {@code erasure_copy}. What connected systems hold is written down in the transaction in which the hub forgets it. */
@Component
public class Receipts {

    private static final int MOST = 200;

    private final JdbcClient jdbc;

    Receipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long begin(CompanyId company, String by, Instant now) {
        return jdbc.sql("INSERT INTO erasure (company_id, begun_at, asked_by, counts) VALUES (?, ?, ?, '{}') RETURNING"
                        + " id")
                .params(company.value(), now.toEpochMilli(), by)
                .query(Long.class)
                .single();
    }

    void note(long receipt, Copy copy) {
        jdbc.sql("""
            INSERT INTO erasure_copy (erasure_id, connection_id, kind, external_id, url) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
            """)
                .params(receipt, copy.connection(), copy.kind(), copy.id(), copy.url())
                .update();
    }

    /** @param ended empty when something is left to do */
    void end(long receipt, Map<Kind, Long> counts, Optional<Instant> ended) {
        jdbc.sql("UPDATE erasure SET counts = ?, ended_at = ? WHERE id = ?")
                .param(1, JsonMapper.shared().writeValueAsString(counts))
                .param(2, ended.map(Instant::toEpochMilli).orElse(null), Types.BIGINT)
                .param(3, receipt)
                .update();
    }

    /** The newest first. */
    public List<Receipt> of(CompanyId company) {
        return jdbc
                .sql("SELECT * FROM erasure WHERE company_id = ? ORDER BY id DESC LIMIT " + MOST)
                .param(company.value())
                .query(Receipts::receipt)
                .list()
                .stream()
                .map(this::withCopies)
                .toList();
    }

    public Optional<Receipt> find(CompanyId company, long id) {
        return jdbc.sql("SELECT * FROM erasure WHERE company_id = ? AND id = ?")
                .params(company.value(), id)
                .query(Receipts::receipt)
                .optional()
                .map(this::withCopies);
    }

    private Receipt withCopies(Receipt bare) {
        var copies = jdbc.sql("""
            SELECT * FROM erasure_copy WHERE erasure_id = ? ORDER BY connection_id, kind, external_id\
            """)
                .param(bare.id())
                .query((row, number) -> new Copy(
                        row.getLong("connection_id"),
                        row.getString("kind"),
                        row.getString("external_id"),
                        row.getString("url")))
                .list();
        return new Receipt(bare.id(), bare.begun(), bare.ended(), bare.by(), bare.counts(), copies);
    }

    private static Receipt receipt(ResultSet row, int number) throws SQLException {
        var ended = row.getLong("ended_at");
        var whole = !row.wasNull(); // asked at once: it tells of the column read last
        var counts = new EnumMap<Kind, Long>(Kind.class);
        JsonMapper.shared()
                .readTree(row.getString("counts"))
                .properties()
                .forEach(count -> counts.put(
                        Kind.valueOf(count.getKey()), count.getValue().asLong()));
        return new Receipt(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                whole ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
                row.getString("asked_by"),
                counts,
                List.of());
    }
}
