package io.patchbay.retention;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code retention} and {@code retention_run}: how long a company keeps what, and what the job did about it. */
@Component
public class Retention {

    private static final int MOST_RUNS = 100;

    private final JdbcClient jdbc;
    private final Audit audit;

    Retention(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * What the job did with one kind.
     *
     * @param before what was older was removed
     * @param error  why it did not come to its end; empty when it did
     */
    public record Run(
            Kept kind, Instant started, Instant ended, Instant before, long removed, Optional<String> error) {}

    /** Days of every kind; 0: until somebody removes it. */
    public Map<Kept, Integer> of(CompanyId company) {
        var days = new EnumMap<Kept, Integer>(Kept.class);
        for (var kind : Kept.values()) {
            days.put(kind, kind.usual());
        }
        jdbc.sql("SELECT kind, days FROM retention WHERE company_id = ?")
                .param(company.value())
                .query(row -> {
                    days.put(Kept.valueOf(row.getString("kind")), row.getInt("days"));
                });
        return days;
    }

    /** @param days of the kinds that are to change */
    @Transactional
    public void set(CompanyId company, Map<Kept, Integer> days) {
        var deed = Deed.of(Action.RETENTION_SET);
        var before = of(company);
        for (var kind : days.keySet()) {
            deed = deed.changed(kind.word(), before.getOrDefault(kind, 0), days.getOrDefault(kind, 0));
        }
        audit.note(company, deed);
        days.forEach((kind, number) -> {
            if (!kind.allows(number)) {
                throw new IllegalArgumentException("Not a time for " + kind + ": " + number + " days.");
            }
            jdbc.sql("""
                INSERT INTO retention (company_id, kind, days) VALUES (?, ?, ?)
                ON CONFLICT (company_id, kind) DO UPDATE SET days = excluded.days\
                """).params(company.value(), kind.name(), number).update();
        });
    }

    /** The newest first. */
    public List<Run> runs(CompanyId company) {
        return jdbc.sql("SELECT * FROM retention_run WHERE company_id = ? ORDER BY id DESC LIMIT " + MOST_RUNS)
                .param(company.value())
                .query((row, number) -> new Run(
                        Kept.valueOf(row.getString("kind")),
                        Instant.ofEpochMilli(row.getLong("started_at")),
                        Instant.ofEpochMilli(row.getLong("ended_at")),
                        Instant.ofEpochMilli(row.getLong("removed_before")),
                        row.getLong("removed"),
                        Optional.ofNullable(row.getString("error"))))
                .list();
    }

    Optional<Instant> lastRun(CompanyId company) {
        return jdbc.sql("SELECT MAX(started_at) FROM retention_run WHERE company_id = ?")
                .param(company.value())
                .query((row, number) -> row.getLong(1))
                .optional()
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
    }

    void note(CompanyId company, Run run) {
        jdbc.sql("""
            INSERT INTO retention_run (company_id, kind, started_at, ended_at, removed_before, removed, error)
            VALUES (:company, :kind, :started, :ended, :before, :removed, :error)\
            """)
                .param("company", company.value())
                .param("kind", run.kind().name())
                .param("started", run.started().toEpochMilli())
                .param("ended", run.ended().toEpochMilli())
                .param("before", run.before().toEpochMilli())
                .param("removed", run.removed())
                .param("error", run.error().orElse(null), Types.VARCHAR)
                .update();
    }
}
