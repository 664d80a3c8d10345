package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.Extension;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Changes that a person makes to employees, for the console and for programs alike; each is written down. What a system lists comes another way. */
@Component
public class EmployeeEdits {

    private final Employees employees;
    private final TransactionOperations transactions;
    private final Audit audit;

    EmployeeEdits(Employees employees, TransactionOperations transactions, Audit audit) {
        this.employees = employees;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** @param ids what each connection calls them; a connection that is not named has no id of theirs */
    public Employee add(
            CompanyId company,
            String name,
            Optional<String> email,
            Optional<Extension> extension,
            boolean active,
            Map<Long, String> ids) {
        return done(() -> {
            var added = employees.add(company, name, email, extension, active);
            audit.note(
                    company,
                    matched(
                            Deed.of(Action.EMPLOYEE_ADDED, added.id().value(), name)
                                    .with("email", email.orElse(""))
                                    .with("extension", written(extension))
                                    .with("active", active),
                            added,
                            ids));
            return added;
        });
    }

    /** @param ids what each connection calls them, empty to forget it; what is not named stays */
    public Employee change(Employee wanted, Map<Long, String> ids) {
        return done(() -> {
            var before = employees.find(wanted.company(), wanted.id()).orElse(wanted);
            var saved = employees.save(wanted);
            var deed = matched(
                    Deed.of(Action.EMPLOYEE_CHANGED, saved.id().value(), before.name())
                            .changed("name", before.name(), saved.name())
                            .changed(
                                    "email",
                                    before.email().orElse(""),
                                    saved.email().orElse(""))
                            .changed("extension", written(before.extension()), written(saved.extension()))
                            .changed("active", before.active(), saved.active()),
                    saved,
                    ids);
            if (!deed.changesNothing()) {
                audit.note(wanted.company(), deed);
            }
            return saved;
        });
    }

    /** Only what differs is written: an id that stays keeps what its system told of it. */
    private Deed matched(Deed deed, Employee employee, Map<Long, String> ids) {
        var known = employees.idsOf(employee.id());
        var noted = deed;
        for (var place : ids.entrySet()) {
            long connection = place.getKey();
            var before = known.getOrDefault(connection, "");
            if (before.equals(place.getValue())) {
                continue;
            }
            if (place.getValue().isEmpty()) {
                employees.untie(employee.id(), connection);
            } else {
                lost(employee.company(), connection, place.getValue());
                employees.tie(employee.id(), connection, place.getValue());
            }
            noted = noted.changed(idIn(connection), before, place.getValue());
        }
        return noted;
    }

    /** Whoever had the id until now has it no more. */
    private void lost(CompanyId company, long connection, String id) {
        employees
                .withId(company, connection, id)
                .ifPresent(former -> audit.note(
                        company,
                        Deed.of(Action.EMPLOYEE_CHANGED, former.id().value(), former.name())
                                .changed(idIn(connection), id, "")));
    }

    private static String idIn(long connection) {
        return "id in connection " + connection;
    }

    private static String written(Optional<Extension> extension) {
        return extension.map(Extension::digits).orElse("");
    }

    private Employee done(java.util.function.Supplier<Employee> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
