package io.patchbay.journal;

import io.patchbay.call.CallFact;
import io.patchbay.call.CallId;
import io.patchbay.call.ErasureFact;
import io.patchbay.call.Forgetting;
import io.patchbay.call.NumberInText;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds a person's calls and takes the person out of them. The calls stay: when, how long, which way, how they ended, and who of the company had them. */
@Component
public class CallErasure {

    private final JdbcClient jdbc;
    private final JdbcJournal journal;

    CallErasure(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.journal = new JdbcJournal(jdbc, ErasedPersons.NONE, clock);
    }

    /** Calls with the person as the other side, the oldest first. */
    public List<CallId> of(CompanyId company, PhoneNumber number) {
        var text = new NumberInText(number);
        var found = new TreeSet<CallId>();
        jdbc.sql("""
            SELECT COALESCE(r.call_id, c.id), c.client_raw, c.client_e164 FROM call c LEFT JOIN call_redirect r ON r.old_id = c.id
            WHERE c.company_id = ? AND (c.client_e164 = ? OR c.client_raw LIKE ?)\
            """).params(company.value(), number.e164(), text.like()).query(row -> {
            if (number.e164().equals(row.getString(3)) || text.isIn(row.getString(2))) {
                found.add(new CallId(row.getLong(1)));
            }
        });
        return List.copyOf(found);
    }

    /** Calls of others in which the number was told all the same: as the goal of a transfer, in a PBX's name of something. */
    public List<CallId> mentioning(CompanyId company, PhoneNumber number) {
        var text = new NumberInText(number);
        var found = new TreeSet<CallId>();
        jdbc.sql("SELECT f.call_id, f.json FROM call_fact f JOIN call c ON c.id = f.call_id WHERE c.company_id = ?"
                        + " AND f.json LIKE ?")
                .params(company.value(), text.like())
                .query(row -> {
                    if (text.isIn(row.getString(2))) {
                        found.add(new CallId(row.getLong(1)));
                    }
                });
        of(company, number).forEach(found::remove);
        return List.copyOf(found);
    }

    /** In the caller's transaction; done twice it is done once. */
    public void erase(CompanyId company, CallId id, Forgetting person, Instant now) {
        journal.find(company, id).ifPresent(stored -> {
            var call = stored.call();
            List<CallFact> erased = call.erasedAt().isPresent()
                    ? List.of()
                    : List.of(new ErasureFact(call.keys().iterator().next(), now));
            journal.rewrite(stored.id(), Forgetting.everybody().and(person), erased);
        });
    }

    /** Of a call with somebody else: only this person goes. In the caller's transaction. */
    public void takeOut(CompanyId company, CallId id, Forgetting person) {
        journal.find(company, id).ifPresent(stored -> journal.rewrite(stored.id(), person, List.of()));
    }
}
