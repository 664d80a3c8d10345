package io.patchbay.console;

import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of employees and clients, each asked for once while a page is made. */
final class People {

    private final CompanyId company;
    private final Employees employees;
    private final Clients clients;
    private final Map<Place, Optional<Employee>> seats = new HashMap<>();
    private final Map<PhoneNumber, Optional<String>> names = new HashMap<>();

    private record Place(long connection, Seat seat) {}

    People(CompanyId company, Employees employees, Clients clients) {
        this.company = company;
        this.employees = employees;
        this.clients = clients;
    }

    /** The employee's name, or what the PBX calls the place. */
    String at(long connection, Seat seat) {
        return employee(connection, seat).map(Employee::name).orElse(seat.id());
    }

    Optional<Employee> employee(long connection, Seat seat) {
        return seats.computeIfAbsent(new Place(connection, seat), place -> employees.at(company, connection, seat));
    }

    /** The client's name in the first of the connected systems that knows it. */
    Optional<String> client(PhoneNumber number, Collection<Long> systems) {
        return names.computeIfAbsent(
                number,
                asked -> systems.stream()
                        .flatMap(system -> clients.known(company, system, asked).stream())
                        .map(ClientRecord::name)
                        .filter(name -> !isOnlyANumber(name))
                        .findFirst());
    }

    /** A card made for an unknown caller bears the number for a name: that is no name. */
    private static boolean isOnlyANumber(String name) {
        return name.chars().noneMatch(Character::isLetter);
    }
}
