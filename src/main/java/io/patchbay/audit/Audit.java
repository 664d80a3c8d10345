package io.patchbay.audit;

import io.patchbay.company.CompanyId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what was done. Inside a transaction the line is written with it, right before the commit: it stands there when what it tells of does, and not
 * otherwise. Outside of one it is written at once. There is no way to change or remove a line.
 *
 * <p>Thread-safe, also over several nodes: the row of a log's end makes writers of one company take turns. It is the last lock a transaction takes, so that two
 * of them never wait for each other.
 */
@Component
public class Audit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Seal seal;
    private final WhoActs who;
    private final Clock clock;

    public Audit(JdbcClient jdbc, TransactionOperations transactions, Seal seal, WhoActs who, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seal = seal;
        this.who = who;
        this.clock = clock;
    }

    private record Noted(CompanyId company, Instant at, Actor actor, Deed deed) {}

    /** Notes what is done by whoever this thread works for. */
    public void note(CompanyId company, Deed deed) {
        note(company, who.now(), deed);
    }

    public void note(CompanyId company, Actor actor, Deed deed) {
        var noted = new Noted(company, clock.instant(), actor, deed);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            unwritten().notes.add(noted);
        } else {
            transactions.executeWithoutResult(status -> write(noted));
        }
    }

    /** What this thread's transaction has to write at its end. */
    private Unwritten unwritten() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Unwritten.class::isInstance)
                .map(Unwritten.class::cast)
                .filter(known -> known.isOf(this))
                .findFirst()
                .orElseGet(() -> {
                    var fresh = new Unwritten();
                    TransactionSynchronizationManager.registerSynchronization(fresh);
                    return fresh;
                });
    }

    private final class Unwritten implements TransactionSynchronization {

        private final List<Noted> notes = new ArrayList<>();

        boolean isOf(Audit audit) {
            return Audit.this == audit;
        }

        /** By company, so that two transactions of several companies take their turns in the same order. */
        @Override
        public void beforeCommit(boolean readOnly) {
            notes.stream()
                    .sorted(Comparator.comparing(noted -> noted.company().value()))
                    .forEach(Audit.this::write);
        }
    }

    private void write(Noted noted) {
        var company = noted.company().value();
        var before = step(company);
        var line = new Line(
                company,
                before.number() + 1,
                noted.at().toEpochMilli(),
                noted.actor().kind().name(),
                noted.actor().id(),
                noted.actor().name(),
                noted.actor().address(),
                noted.deed().action().word(),
                noted.deed().subject(),
                noted.deed().name(),
                JSON.writeValueAsString(noted.deed().changes()));
        var head = new Head(line.number(), line.hash(before.hash()));
        insert(line, head.hash());
        jdbc.sql("UPDATE audit_head SET hash = ?, sealed = ? WHERE company_id = ?")
                .params(head.hash(), head.sealedBy(seal, company), company)
                .update();
    }

    /** Takes the turn and tells where the log ended before. */
    private Head step(long company) {
        return jdbc.sql("""
            INSERT INTO audit_head (company_id, number, hash, sealed) VALUES (?, 1, ?, ?)
            ON CONFLICT (company_id) DO UPDATE SET number = audit_head.number + 1 RETURNING number, hash\
            """)
                .params(company, Line.NONE, new byte[0])
                .query((row, index) -> new Head(row.getLong("number") - 1, row.getString("hash")))
                .single();
    }

    private void insert(Line line, String hash) {
        jdbc.sql("""
            INSERT INTO audit_entry (company_id, number, at, actor_kind, actor_id, actor_name, address, action, subject,
              subject_name, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
                .params(
                        line.company(),
                        line.number(),
                        line.at(),
                        line.actorKind(),
                        line.actorId(),
                        line.actorName(),
                        line.address(),
                        line.action(),
                        line.subject(),
                        line.subjectName(),
                        line.changes(),
                        hash)
                .update();
    }
}
