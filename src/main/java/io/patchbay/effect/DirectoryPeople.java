package io.patchbay.effect;

import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Employees;
import java.util.Optional;

/** People as the directory knows them. */
final class DirectoryPeople implements People {

    private final Employees employees;

    DirectoryPeople(Employees employees) {
        this.employees = employees;
    }

    @Override
    public Optional<Person> at(CompanyId company, long pbx, Seat seat, long target) {
        return employees
                .at(company, pbx, seat)
                .map(employee -> new Person(
                        employees.idIn(employee.id(), target),
                        employee.extension().map(extension -> extension.digits()),
                        Optional.of(employee.name()),
                        employee.email()));
    }
}
