package io.patchbay.directory;

import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.JdbcEmployees.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One list of employees from one connected system, being taken over. */
final class Listing {

    private final JdbcEmployees employees;
    private final CompanyId company;
    private final long connection;
    /** People of the company who have no id in this system yet. */
    private final List<Employee> free = new ArrayList<>();

    private int added;
    private int tied;
    private int gone;

    Listing(JdbcEmployees employees, CompanyId company, long connection) {
        this.employees = employees;
        this.company = company;
        this.connection = connection;
    }

    /** @param fewest a list of so many people at least is taken, however many there were before */
    MergeReport take(List<ListedEmployee> answer, int fewest) {
        var listed = new LinkedHashMap<String, ListedEmployee>();
        answer.stream().map(Listing::clean).filter(e -> !e.id().isEmpty()).forEach(e -> listed.putIfAbsent(e.id(), e));
        var before = employees.accounts(company, connection);
        var working = before.values().stream().filter(a -> a.told().active()).count();
        if (listed.isEmpty() || (listed.size() < fewest && listed.size() * 2L < working)) {
            return MergeReport.held((int) working, listed.size());
        }
        var tiedHere = before.values().stream().map(Account::employee).collect(Collectors.toSet());
        free.addAll(employees.all(company));
        free.removeIf(e -> tiedHere.contains(e.id()));
        listed.forEach((id, told) -> {
            var account = before.get(id);
            if (account == null) {
                welcome(told);
            } else {
                follow(account, told);
            }
        });
        before.values().stream()
                .filter(a -> a.told().active() && !listed.containsKey(a.told().id()))
                .forEach(this::dismiss);
        return new MergeReport(Optional.empty(), added, tied, gone, answer.size() - listed.size());
    }

    private void welcome(ListedEmployee told) {
        var known = match(told);
        var employee = known.orElseGet(
                () -> employees.add(company, told.name(), told.email(), extension(told), told.active()));
        employees.write(employee.id(), connection, told);
        if (known.isEmpty()) {
            added++;
            return;
        }
        tied++;
        free.remove(employee);
        employees.save(new Employee(
                employee.id(),
                company,
                employee.name().isBlank() ? told.name() : employee.name(),
                employee.email().or(told::email),
                employee.extension().or(() -> extension(told)),
                employee.active() || told.active()));
    }

    /** By extension, then by e-mail; two that fit are none. */
    private Optional<Employee> match(ListedEmployee told) {
        return extension(told)
                .flatMap(extension -> only(e -> e.active() && e.extension().equals(Optional.of(extension))))
                .or(() -> told.email()
                        .flatMap(email -> only(
                                e -> e.email().filter(email::equalsIgnoreCase).isPresent())));
    }

    /** A value that still is what this system told last follows it; one set by hand or by another system stays. */
    private void follow(Account account, ListedEmployee told) {
        var last = account.told();
        employees.write(account.employee(), connection, told);
        var employee = employees.find(company, account.employee()).orElseThrow();
        var changed = new Employee(
                employee.id(),
                company,
                employee.name().equals(last.name()) || employee.name().isBlank() ? told.name() : employee.name(),
                employee.email().equals(last.email()) ? told.email().or(employee::email) : employee.email(),
                employee.extension().equals(extension(last)) ? extension(told) : employee.extension(),
                last.active() == told.active() ? employee.active() : employees.worksSomewhere(employee.id()));
        if (!changed.equals(employee)) {
            employees.save(changed);
        }
        if (last.active() && !told.active()) {
            gone++;
        }
    }

    private void dismiss(Account account) {
        var last = account.told();
        follow(account, new ListedEmployee(last.id(), last.name(), last.email(), last.extension(), false));
    }

    private static ListedEmployee clean(ListedEmployee listed) {
        return new ListedEmployee(
                listed.id().strip(),
                listed.name().strip(),
                listed.email().map(String::strip).filter(email -> !email.isEmpty()),
                listed.extension().map(String::strip).filter(extension -> !extension.isEmpty()),
                listed.active());
    }

    private static Optional<Extension> extension(ListedEmployee told) {
        return told.extension().filter(Extension::isOne).map(Extension::new);
    }

    private Optional<Employee> only(Predicate<Employee> fits) {
        var found = free.stream().filter(fits).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
