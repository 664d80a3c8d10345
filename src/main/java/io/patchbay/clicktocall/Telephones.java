package io.patchbay.clicktocall;

import io.patchbay.call.Extension;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.directory.Employee;
import io.patchbay.directory.Employees;
import io.patchbay.directory.Lines;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who has a phone where: finds the PBX that makes an ordered call. */
@Component
class Telephones {

    /** National numbers are compared by so many last digits: lists and targets write the same line with and without its country. */
    private static final int SAME_DIGITS = 10;

    private final Connections connections;
    private final Originator originator;
    private final Employees employees;
    private final Lines lines;

    Telephones(Connections connections, Originator originator, Employees employees, Lines lines) {
        this.connections = connections;
        this.originator = originator;
        this.employees = employees;
        this.lines = lines;
    }

    /**
     * An employee's phone.
     *
     * @param pbx which can place calls
     */
    record Telephone(ConnectionId pbx, Seat seat) {}

    /** PBXs of the company that can place calls. */
    List<ConnectionId> pbxs(CompanyId company) {
        return connections.of(company).stream()
                .filter(Connection::enabled)
                .map(Connection::id)
                .filter(originator::can)
                .toList();
    }

    /**
     * The employee's phone, at the PBX that has the wanted line if he sits at several.
     *
     * @param employee as {@code target} calls him
     * @param line     empty for any
     */
    Optional<Telephone> of(CompanyId company, ConnectionId target, String employee, String line) {
        var known = employees.withId(company, target.value(), employee).filter(Employee::active);
        return pbxs(company).stream()
                .flatMap(pbx -> known.flatMap(one -> employees.idIn(one.id(), pbx.value())).stream()
                        .map(seat -> new Telephone(pbx, new Seat(seat))))
                .min(Comparator.comparing((Telephone one) -> !hasLine(one.pbx(), line))
                        .thenComparing(one -> one.pbx().value()));
    }

    boolean isColleague(CompanyId company, Extension extension) {
        return employees.all(company).stream()
                .anyMatch(one -> one.active() && one.extension().equals(Optional.of(extension)));
    }

    private boolean hasLine(ConnectionId pbx, String line) {
        var wanted = lastDigits(line);
        return !wanted.isEmpty()
                && lines.of(pbx.value()).stream().map(Telephones::lastDigits).anyMatch(wanted::equals);
    }

    private static String lastDigits(String number) {
        var digits = number.replaceAll("\\D", "");
        return digits.substring(Math.max(0, digits.length() - SAME_DIGITS));
    }
}
