package io.patchbay.directory;

import io.patchbay.call.Extension;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcEmployees implements Employees {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcEmployees(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Employee> all(CompanyId company) {
        return jdbc.sql("SELECT * FROM employee WHERE company_id = ? ORDER BY name, id")
                .param(company.value())
                .query(JdbcEmployees::employee)
                .list();
    }

    @Override
    public Optional<Employee> find(CompanyId company, EmployeeId id) {
        return jdbc.sql("SELECT * FROM employee WHERE id = ? AND company_id = ?")
                .params(id.value(), company.value())
                .query(JdbcEmployees::employee)
                .optional();
    }

    @Override
    public Employee add(
            CompanyId company, String name, Optional<String> email, Optional<Extension> extension, boolean active) {
        var id = jdbc.sql("""
            INSERT INTO employee (company_id, name, email, extension, active, changed_at) VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id\
            """)
                .params(Arrays.asList(
                        company.value(),
                        name,
                        email.orElse(null),
                        extension.map(Extension::digits).orElse(null),
                        active,
                        clock.millis()))
                .query(Long.class)
                .single();
        return new Employee(new EmployeeId(id), company, name, email, extension, active);
    }

    @Override
    public Employee save(Employee employee) {
        jdbc.sql("""
            UPDATE employee SET name = ?, email = ?, extension = ?, active = ?, changed_at = ?
            WHERE id = ? AND company_id = ?\
            """)
                .params(Arrays.asList(
                        employee.name(),
                        employee.email().orElse(null),
                        employee.extension().map(Extension::digits).orElse(null),
                        employee.active(),
                        clock.millis(),
                        employee.id().value(),
                        employee.company().value()))
                .update();
        return employee;
    }

    @Override
    public Optional<Employee> at(CompanyId company, long pbxConnection, Seat seat) {
        return withId(company, pbxConnection, seat.id())
                .or(() -> only("""
                    SELECT e.* FROM employee e JOIN employee_account a ON a.employee_id = e.id
                    WHERE e.company_id = ? AND a.connection_id = ? AND a.extension = ? AND a.active = ?\
                    """, company.value(), pbxConnection, seat.id(), true))
                .or(() -> only(
                        "SELECT * FROM employee WHERE company_id = ? AND extension = ? AND active = ?",
                        company.value(),
                        seat.id(),
                        true));
    }

    @Override
    public Optional<String> idIn(EmployeeId employee, long connection) {
        return Optional.ofNullable(idsOf(employee).get(connection));
    }

    @Override
    public Map<Long, String> idsOf(EmployeeId employee) {
        var ids = new TreeMap<Long, String>();
        jdbc.sql("SELECT connection_id, external_id FROM employee_account WHERE employee_id = ?")
                .param(employee.value())
                .query(row -> {
                    ids.put(row.getLong(1), row.getString(2));
                });
        return ids;
    }

    @Override
    public Map<EmployeeId, Map<Long, String>> ids(CompanyId company) {
        var ids = new HashMap<EmployeeId, Map<Long, String>>();
        jdbc.sql("""
            SELECT a.employee_id, a.connection_id, a.external_id FROM employee_account a
            JOIN employee e ON e.id = a.employee_id WHERE e.company_id = ?\
            """).param(company.value()).query(row -> {
            ids.computeIfAbsent(new EmployeeId(row.getLong(1)), ignored -> new TreeMap<>())
                    .put(row.getLong(2), row.getString(3));
        });
        return ids;
    }

    @Override
    public Optional<Employee> withId(CompanyId company, long connection, String externalId) {
        return only("""
            SELECT e.* FROM employee e JOIN employee_account a ON a.employee_id = e.id
            WHERE e.company_id = ? AND a.connection_id = ? AND a.external_id = ?\
            """, company.value(), connection, externalId);
    }

    @Override
    @Transactional
    public void tie(EmployeeId employee, long connection, String externalId) {
        var told = jdbc.sql("SELECT * FROM employee_account WHERE connection_id = ? AND external_id = ?")
                .params(connection, externalId)
                .query((row, ignored) -> account(row).told())
                .optional();
        jdbc.sql("DELETE FROM employee_account WHERE connection_id = ? AND (external_id = ? OR employee_id = ?)")
                .params(connection, externalId, employee.value())
                .update();
        write(
                employee,
                connection,
                told.orElse(new ListedEmployee(externalId, "", Optional.empty(), Optional.empty(), true)));
    }

    @Override
    public void untie(EmployeeId employee, long connection) {
        jdbc.sql("DELETE FROM employee_account WHERE connection_id = ? AND employee_id = ?")
                .params(connection, employee.value())
                .update();
    }

    @Override
    public List<ListedEmployee> listed(CompanyId company, long connection) {
        return accounts(company, connection).values().stream()
                .map(Account::told)
                .sorted(Comparator.comparing(ListedEmployee::name).thenComparing(ListedEmployee::id))
                .toList();
    }

    @Override
    @Transactional
    public MergeReport merge(CompanyId company, long connection, List<ListedEmployee> listed) {
        return mergeShorter(company, connection, listed, Integer.MAX_VALUE);
    }

    @Override
    @Transactional
    public MergeReport mergeShorter(CompanyId company, long connection, List<ListedEmployee> listed, int fewest) {
        takeTurn(company);
        return new Listing(this, company, connection).take(listed, fewest);
    }

    /** What the system told last, by its ids. */
    Map<String, Account> accounts(CompanyId company, long connection) {
        var accounts = new TreeMap<String, Account>();
        jdbc.sql("""
            SELECT a.* FROM employee_account a JOIN employee e ON e.id = a.employee_id
            WHERE e.company_id = ? AND a.connection_id = ?\
            """).params(company.value(), connection).query(row -> {
            accounts.put(row.getString("external_id"), account(row));
        });
        return accounts;
    }

    /** Whether any connected system lists him as working. */
    boolean worksSomewhere(EmployeeId employee) {
        return jdbc.sql("SELECT COUNT(*) FROM employee_account WHERE employee_id = ? AND active = ?")
                        .params(employee.value(), true)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void write(EmployeeId employee, long connection, ListedEmployee told) {
        jdbc.sql("""
            INSERT INTO employee_account (connection_id, external_id, employee_id, name, email, extension, active)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection_id, external_id) DO UPDATE SET name = excluded.name, email = excluded.email,
              extension = excluded.extension, active = excluded.active\
            """)
                .params(Arrays.asList(
                        connection,
                        told.id(),
                        employee.value(),
                        told.name(),
                        told.email().orElse(null),
                        told.extension().orElse(null),
                        told.active()))
                .update();
    }

    /** Two systems that list the same new person at once must not make two of him. The company's row is the lock. */
    private void takeTurn(CompanyId company) {
        jdbc.sql("UPDATE company SET title = title WHERE id = ?")
                .param(company.value())
                .update();
    }

    /** An answer that fits several people is no answer. */
    private Optional<Employee> only(String sql, Object... params) {
        var found = jdbc.sql(sql).params(params).query(JdbcEmployees::employee).list();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Employee employee(ResultSet row, int ignored) throws SQLException {
        return new Employee(
                new EmployeeId(row.getLong("id")),
                new CompanyId(row.getLong("company_id")),
                row.getString("name"),
                text(row.getString("email")),
                text(row.getString("extension")).map(Extension::new),
                row.getBoolean("active"));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new EmployeeId(row.getLong("employee_id")),
                new ListedEmployee(
                        row.getString("external_id"),
                        row.getString("name"),
                        text(row.getString("email")),
                        text(row.getString("extension")),
                        row.getBoolean("active")));
    }

    private static Optional<String> text(@Nullable String column) {
        return Optional.ofNullable(column);
    }

    record Account(EmployeeId employee, ListedEmployee told) {}
}
