package io.patchbay.person;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What hangs on a person's calls and number in the tables {@code effect}, {@code attempt}, {@code wake}, {@code click_to_call}, and those of
 * clients. An erasure has to know them all; those who work with them need not know of it.
 */
@Component
class Belongings {

    /** Tables in which a row is of a number. */
    private static final List<String> OF_NUMBERS =
            List.of("client", "client_claim", "known_client_number", "client_order");

    private final JdbcClient jdbc;

    Belongings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A line of the PBX, or an employee's. */
    boolean isOwnNumber(Person person) {
        var lines = jdbc.sql("""
            SELECT l.number FROM pbx_line l JOIN connection c ON c.id = l.connection_id WHERE c.company_id = ? AND l.number LIKE ?
            UNION ALL
            SELECT a.external_id FROM employee_account a JOIN employee e ON e.id = a.employee_id
            WHERE e.company_id = ? AND a.external_id LIKE ?\
            """)
                .params(
                        person.company().value(),
                        person.text().like(),
                        person.company().value(),
                        person.text().like())
                .query(String.class)
                .list();
        return lines.stream().anyMatch(person.text()::isIn);
    }

    /** Something is being done for these calls at this moment. */
    boolean areInHand(Collection<CallId> calls) {
        return jdbc.sql("SELECT COUNT(*) FROM effect WHERE call_id IN (:calls) AND state = 'STARTED'")
                        .param("calls", values(calls))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    long effects(Collection<CallId> calls) {
        return calls.isEmpty()
                ? 0
                : jdbc.sql("""
                    SELECT COUNT(*) FROM effect WHERE call_id IN (:calls)
                      AND (external_id IS NOT NULL OR url IS NOT NULL OR last_error <> '' OR state NOT IN ('DONE', 'SKIPPED'))\
                    """).param("calls", values(calls)).query(Long.class).single();
    }

    long attempts(Collection<CallId> calls) {
        return calls.isEmpty()
                ? 0
                : jdbc.sql("""
                    SELECT COUNT(*) FROM attempt a JOIN effect e ON e.id = a.effect_id WHERE e.call_id IN (:calls) AND a.said <> ''\
                    """).param("calls", values(calls)).query(Long.class).single();
    }

    /** What was made in connected systems because of these calls. */
    List<Copy> copies(Collection<CallId> calls, Person person) {
        return calls.isEmpty()
                ? List.of()
                : jdbc.sql("""
                    SELECT connection_id, kind, external_id, COALESCE(url, '') AS url FROM effect
                    WHERE call_id IN (:calls) AND external_id IS NOT NULL ORDER BY id\
                    """)
                        .param("calls", values(calls))
                        .query((row, number) -> new Copy(
                                row.getLong("connection_id"),
                                row.getString("kind").toLowerCase(Locale.ROOT).replace('_', '-'),
                                row.getString("external_id"),
                                person.text().without(row.getString("url"))))
                        .list();
    }

    /** What was done stays told as done, so that it is not done again; what was not is not done any more. Nothing says what or where it is. */
    void forgetEffects(Collection<CallId> calls, Instant now) {
        jdbc.sql("UPDATE attempt SET said = '' WHERE effect_id IN (SELECT id FROM effect WHERE call_id IN (:calls))")
                .param("calls", values(calls))
                .update();
        jdbc.sql("""
            UPDATE effect SET state = CASE WHEN state = 'DONE' THEN 'DONE' ELSE 'SKIPPED' END, external_id = NULL, url = NULL,
              last_error = '', next_attempt_at = NULL, version = version + 1, changed_at = :now
            WHERE call_id IN (:calls)\
            """)
                .param("now", now.toEpochMilli())
                .param("calls", values(calls))
                .update();
        jdbc.sql("DELETE FROM wake WHERE call_id IN (:calls)")
                .param("calls", values(calls))
                .update();
    }

    /** Cards of the number: those the hub remembers, and those of the client directory. A client who has other numbers too keeps their card. */
    List<Copy> cards(Person person) {
        return copies(person, """
            SELECT connection_id, kind, external_id, COALESCE(url, '') AS url FROM client WHERE company_id = :company AND e164 = :number
            UNION
            SELECT a.connection_id, a.kind, a.external_id, COALESCE(a.url, '') AS url
            FROM known_client_account a JOIN known_client_number n ON n.client_id = a.client_id
            WHERE n.company_id = :company AND n.e164 = :number AND NOT EXISTS (
              SELECT 1 FROM known_client_number other WHERE other.client_id = n.client_id AND other.e164 <> n.e164)\
            """);
    }

    /** What shops told of the number's orders. */
    List<Copy> shopOrders(Person person) {
        return copies(person, """
            SELECT connection_id, 'order' AS kind, external_id, COALESCE(url, '') AS url FROM client_order
            WHERE company_id = :company AND e164 = :number\
            """);
    }

    private List<Copy> copies(Person person, String sql) {
        return jdbc.sql(sql + " ORDER BY connection_id, kind, external_id")
                .param("company", person.company().value())
                .param("number", person.number().e164())
                .query((row, number) -> new Copy(
                        row.getLong("connection_id"),
                        row.getString("kind"),
                        row.getString("external_id"),
                        person.text().without(row.getString("url"))))
                .list();
    }

    void forgetCards(Person person) {
        jdbc.sql("""
            DELETE FROM known_client WHERE company_id = :company
              AND id IN (SELECT client_id FROM known_client_number WHERE company_id = :company AND e164 = :number)
              AND NOT EXISTS (
                SELECT 1 FROM known_client_number other WHERE other.client_id = known_client.id AND other.e164 <> :number)\
            """)
                .param("company", person.company().value())
                .param("number", person.number().e164())
                .update();
        for (var table : OF_NUMBERS) {
            jdbc.sql("DELETE FROM " + table + " WHERE company_id = ? AND e164 = ?")
                    .params(person.company().value(), person.number().e164())
                    .update();
        }
    }

    /** Numbers of which a connected system told since, though nobody of them has called. */
    List<String> toldSince(CompanyId company, Instant erased) {
        var tables = OF_NUMBERS.stream()
                .map(table -> "SELECT e164 FROM " + table + " WHERE company_id = :company")
                .collect(Collectors.joining(" UNION "));
        return jdbc.sql("SELECT e164 FROM (" + tables + ") told WHERE NOT EXISTS (SELECT 1 FROM call c"
                        + " WHERE c.company_id = :company AND c.client_e164 = told.e164 AND c.started_at > :erased)")
                .param("company", company.value())
                .param("erased", erased.toEpochMilli())
                .query(String.class)
                .list();
    }

    /** An order by click-to-call; {@code entry} is what the target opened for it, empty for nothing. */
    record Ordered(long id, long connection, String reference, String number, String entry) {}

    /** Orders of the number, in whatever way it was written. */
    List<Ordered> orders(Person person) {
        var found = new ArrayList<Ordered>();
        jdbc.sql("""
            SELECT id, connection_id, reference, number, entry, COALESCE(failure, '') AS failure FROM click_to_call
            WHERE company_id = ? AND (number LIKE ? OR reference LIKE ? OR failure LIKE ?) ORDER BY id\
            """)
                .params(
                        person.company().value(),
                        person.text().like(),
                        person.text().like(),
                        person.text().like())
                .query(row -> {
                    var order = new Ordered(
                            row.getLong("id"),
                            row.getLong("connection_id"),
                            row.getString("reference"),
                            row.getString("number"),
                            Optional.ofNullable(row.getString("entry")).orElse(""));
                    if (person.text().isIn(order.number())
                            || person.text().isIn(order.reference())
                            || person.text().isIn(row.getString("failure"))) {
                        found.add(order);
                    }
                });
        return found;
    }

    /** That it was ordered stays told, so that no phone rings again for it. */
    void forgetOrder(Ordered order, String reference) {
        jdbc.sql("""
            UPDATE click_to_call SET number = '', entry = NULL, reference = ?, failure = CASE WHEN failure IS NULL THEN NULL ELSE '' END,
              state = CASE WHEN state IN ('TAKEN', 'ASKED') THEN 'FAILED' ELSE state END
            WHERE id = ?\
            """).params(reference, order.id()).update();
    }

    private static List<Long> values(Collection<CallId> calls) {
        return calls.stream().map(CallId::value).toList();
    }
}
