package io.patchbay.retention;

import io.patchbay.call.CallKey;
import io.patchbay.company.CompanyId;
import io.patchbay.recording.RecordingErasure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes a few rows of one kind, the oldest first, in the caller's transaction. What is not over is never removed. */
@Component
class Removal {

    private final JdbcClient jdbc;
    private final RecordingErasure recordings;

    Removal(JdbcClient jdbc, RecordingErasure recordings) {
        this.jdbc = jdbc;
        this.recordings = recordings;
    }

    /** @return how many were removed; fewer than {@code most}: no older ones are left */
    int remove(Kept kind, CompanyId company, Instant before, int most) {
        return switch (kind) {
            case RAW_HOOKS -> rows("raw_hook", "received_at", "TRUE", company, before, most);
            case RECORDINGS -> recordings(company, before, most);
            case CALLS -> calls(company, before, most);
            case ATTEMPTS -> attempts(company, before, most);
            case ORDERS -> rows("click_to_call", "ordered_at", "state IN ('MADE', 'FAILED')", company, before, most);
            case ALERTS -> rows("alert_message", "written_at", "state <> 'DUE'", company, before, most);
            case RUNS -> rows("run", "ended_at", "state IN ('DONE', 'CANCELLED', 'FAILED')", company, before, most);
        };
    }

    private int rows(String table, String time, String over, CompanyId company, Instant before, int most) {
        return jdbc.sql("DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table + " WHERE company_id = ? AND "
                        + time + " < ? AND " + over + " ORDER BY " + time + " LIMIT ?)")
                .params(company.value(), before.toEpochMilli(), most)
                .update();
    }

    private int attempts(CompanyId company, Instant before, int most) {
        return jdbc.sql("""
            DELETE FROM attempt WHERE id IN (SELECT a.id FROM attempt a JOIN effect e ON e.id = a.effect_id
              WHERE e.company_id = ? AND a.at < ? ORDER BY a.at LIMIT ?)\
            """)
                .params(company.value(), before.toEpochMilli(), most)
                .update();
    }

    /** The row stays, so that the recording is not asked for again. */
    private int recordings(CompanyId company, Instant before, int most) {
        var old = jdbc.sql("""
            SELECT id FROM recording WHERE company_id = ? AND ended_at < ? AND state = 'STORED' ORDER BY ended_at LIMIT ?\
            """)
                .params(company.value(), before.toEpochMilli(), most)
                .query(Long.class)
                .list();
        old.forEach(recordings::retire);
        return old.size();
    }

    private int calls(CompanyId company, Instant before, int most) {
        var old = jdbc.sql("""
            SELECT id FROM call c WHERE company_id = ? AND started_at < ? AND ended_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM call_redirect r WHERE r.old_id = c.id)
              AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.call_id = c.id AND e.state IN ('DUE', 'STARTED', 'WAITING'))
            ORDER BY started_at LIMIT ?\
            """)
                .params(company.value(), before.toEpochMilli(), most)
                .query(Long.class)
                .list();
        old.forEach(this::call);
        return old.size();
    }

    private void call(long id) {
        var ids = new ArrayList<>(List.of(id));
        ids.addAll(jdbc.sql("SELECT old_id FROM call_redirect WHERE call_id = ?")
                .param(id)
                .query(Long.class)
                .list());
        var keys = jdbc.sql("SELECT connection_id, name FROM call_key WHERE call_id = ?")
                .param(id)
                .query((row, number) -> new CallKey(row.getLong("connection_id"), row.getString("name")))
                .list();
        recordings.of(keys).forEach(recordings::erase);
        for (var table : List.of("call_redirect", "call_key", "call_fact", "call_leg", "wake", "effect")) {
            jdbc.sql("DELETE FROM " + table + " WHERE call_id IN (:ids)")
                    .param("ids", ids)
                    .update();
        }
        jdbc.sql("DELETE FROM call WHERE id IN (:ids)").param("ids", ids).update();
    }
}
