package io.patchbay.audit;

import io.patchbay.audit.Verdict.Broken;
import io.patchbay.audit.Verdict.Flaw;
import io.patchbay.company.CompanyId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a whole log again and says where it is not as it was written. The hub may go on writing meanwhile.
 *
 * <p>What cannot be seen: that the database was put back as a whole to an earlier state, the sealed end included. Against that helps a number and its hash that
 * were kept elsewhere.
 */
@Component
public class Verification {

    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final Seal seal;

    public Verification(JdbcClient jdbc, Seal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    private record Stored(Line line, String hash) {}

    private record StoredHead(long number, String hash, byte[] closed) {}

    public Verdict verify(CompanyId company) {
        var lastLine = lastLine(company);
        // read after the last line: a writer stores both at once, so this end is never before that line
        var stored = head(company);
        if (stored.isEmpty() && lastLine == 0) {
            return new Verdict(0, Line.NONE, Optional.empty());
        }
        var chain = walk(company, stored.map(StoredHead::number).orElse(lastLine));
        if (!chain.isWhole()) {
            return chain;
        }
        return stored.flatMap(end -> opened(end, company))
                .map(end -> judged(chain, end, stored.get(), lastLine))
                .orElseGet(() -> broken(chain, chain.lines(), Flaw.UNSEALED));
    }

    private static Verdict judged(Verdict chain, Head end, StoredHead stored, long lastLine) {
        if (chain.lines() < end.number()) {
            return broken(chain, chain.lines() + 1, Flaw.CUT);
        }
        if (!end.equals(new Head(stored.number(), stored.hash()))
                || !end.hash().equals(chain.hash())
                || lastLine > end.number()) {
            return broken(chain, end.number(), Flaw.FORGED);
        }
        return chain;
    }

    private Verdict walk(CompanyId company, long until) {
        var whole = new Verdict(0, Line.NONE, Optional.empty());
        while (whole.lines() < until) {
            var batch = after(company, whole.lines(), until);
            if (batch.isEmpty()) {
                break;
            }
            for (var stored : batch) {
                var expected = whole.lines() + 1;
                if (stored.line().number() != expected) {
                    return broken(whole, expected, Flaw.MISSING);
                }
                if (!stored.line().hash(whole.hash()).equals(stored.hash())) {
                    return broken(whole, expected, Flaw.CHANGED);
                }
                whole = new Verdict(expected, stored.hash(), Optional.empty());
            }
        }
        return whole;
    }

    private static Verdict broken(Verdict so, long number, Flaw flaw) {
        return new Verdict(so.lines(), so.hash(), Optional.of(new Broken(number, flaw)));
    }

    private Optional<Head> opened(StoredHead end, CompanyId company) {
        try {
            return Optional.of(Head.opened(end.closed(), seal, company.value()));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private List<Stored> after(CompanyId company, long number, long until) {
        return jdbc.sql("SELECT * FROM audit_entry WHERE company_id = ? AND number > ? AND number <= ? ORDER BY number"
                        + " LIMIT ?")
                .params(company.value(), number, until, BATCH)
                .query((row, index) -> new Stored(Line.of(row, index), row.getString("hash")))
                .list();
    }

    private long lastLine(CompanyId company) {
        return jdbc.sql("SELECT COALESCE(MAX(number), 0) FROM audit_entry WHERE company_id = ?")
                .param(company.value())
                .query(Long.class)
                .single();
    }

    private Optional<StoredHead> head(CompanyId company) {
        return jdbc.sql("SELECT number, hash, sealed FROM audit_head WHERE company_id = ?")
                .param(company.value())
                .query((row, index) -> new StoredHead(row.getLong(1), row.getString(2), row.getBytes(3)))
                .optional();
    }
}
