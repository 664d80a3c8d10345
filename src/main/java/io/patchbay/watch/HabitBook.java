package io.patchbay.watch;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The habits of every company, in the table {@code company_watch}. */
@Component
public class HabitBook {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Audit audit;

    public HabitBook(JdbcClient jdbc, TransactionOperations transactions, Audit audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** {@link Habits#USUAL} when none were set. */
    public Habits of(CompanyId company) {
        return jdbc.sql("SELECT days, opens, closes, silence_minutes FROM company_watch WHERE company_id = ?")
                .param(company.value())
                .query((row, number) -> habits(row))
                .optional()
                .orElse(Habits.USUAL);
    }

    public void set(CompanyId company, Habits habits) {
        transactions.executeWithoutResult(status -> {
            var before = of(company);
            write(company, habits);
            audit.note(
                    company,
                    Deed.of(Action.HOURS_SET)
                            .changed("days", days(before), days(habits))
                            .changed(
                                    "opens",
                                    before.hours().opens(),
                                    habits.hours().opens())
                            .changed(
                                    "closes",
                                    before.hours().closes(),
                                    habits.hours().closes())
                            .changed(
                                    "silence-minutes",
                                    before.silenceAfter().toMinutes(),
                                    habits.silenceAfter().toMinutes()));
        });
    }

    private static String days(Habits habits) {
        return habits.hours().days().stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(" "));
    }

    private void write(CompanyId company, Habits habits) {
        var days = habits.hours().days().stream()
                .sorted()
                .map(day -> Integer.toString(day.getValue()))
                .collect(Collectors.joining());
        jdbc.sql("""
            INSERT INTO company_watch (company_id, days, opens, closes, silence_minutes) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (company_id) DO UPDATE SET days = excluded.days, opens = excluded.opens,
              closes = excluded.closes, silence_minutes = excluded.silence_minutes\
            """)
                .params(
                        company.value(),
                        days,
                        habits.hours().opens().toString(),
                        habits.hours().closes().toString(),
                        habits.silenceAfter().toMinutes())
                .update();
    }

    private static Habits habits(ResultSet row) throws SQLException {
        var days = row.getString("days")
                .chars()
                .mapToObj(digit -> DayOfWeek.of(Character.digit(digit, 10)))
                .collect(Collectors.toSet());
        return new Habits(
                new WorkingHours(
                        days, LocalTime.parse(row.getString("opens")), LocalTime.parse(row.getString("closes"))),
                Duration.ofMinutes(row.getInt("silence_minutes")));
    }
}
