package io.patchbay.retention;

import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What routes/retention/retire.camel.yaml calls every hour: removes, at night by the company's clock, what is older than the company wants. A few rows at a time,
 * each batch in a transaction of its own, so that no hook waits for it. What fails with one kind takes nothing from the others; the next night goes on.
 */
@Component
public class RetentionJob {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
    private static final int BATCH = 200;
    private static final int NIGHT = 3; // o'clock

    /** A night that was missed, because the hub did not run, is made up for. */
    private static final Duration OVERDUE = Duration.ofHours(25);

    /** One night has one run. */
    private static final Duration SOONEST = Duration.ofHours(12);

    private final JdbcClient jdbc;
    private final Companies companies;
    private final Retention retention;
    private final Removal removal;
    private final TransactionOperations transactions;
    private final Clock clock;

    RetentionJob(
            JdbcClient jdbc,
            Companies companies,
            Retention retention,
            Removal removal,
            TransactionOperations transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.companies = companies;
        this.retention = retention;
        this.removal = removal;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Of every company whose time has come. Not inside a transaction. */
    public void retire() {
        for (var company : all()) {
            if (isTime(company)) {
                run(company);
            }
        }
    }

    private List<CompanyId> all() {
        return jdbc.sql("SELECT id FROM company ORDER BY id")
                .query((row, number) -> new CompanyId(row.getLong(1)))
                .list();
    }

    private boolean isTime(CompanyId company) {
        var now = clock.instant();
        var last = retention.lastRun(company).orElse(Instant.EPOCH);
        var night = now.atZone(companies.get(company).zone()).getHour() == NIGHT;
        return last.plus(OVERDUE).isBefore(now) || night && last.plus(SOONEST).isBefore(now);
    }

    /** Now, whatever the time. */
    public void run(CompanyId company) {
        retention.of(company).forEach((kind, days) -> {
            if (days > 0) {
                run(company, kind, days);
            }
        });
    }

    private void run(CompanyId company, Kept kind, int days) {
        var started = clock.instant();
        var before = started.minus(Duration.ofDays(days));
        var removed = 0L;
        Optional<String> error = Optional.empty();
        try {
            for (var now = BATCH; now == BATCH; removed += now) {
                now = batch(company, kind, before);
            }
        } catch (RuntimeException e) {
            LOG.error("retention.failed company={} kind={} removed={}", company, kind.word(), removed, e);
            error = Optional.of("The hub could not go on; its log says why.");
        }
        retention.note(company, new Retention.Run(kind, started, clock.instant(), before, removed, error));
        if (removed > 0) {
            LOG.info("retention.ran company={} kind={} removed={} before={}", company, kind.word(), removed, before);
        }
    }

    private int batch(CompanyId company, Kept kind, Instant before) {
        var removed = transactions.execute(status -> removal.remove(kind, company, before, BATCH));
        return removed == null ? 0 : removed;
    }
}
