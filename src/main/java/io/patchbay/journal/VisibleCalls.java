package io.patchbay.journal;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.Seat;
import io.patchbay.call.SeatRole;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.EmployeeId;
import io.patchbay.directory.Employees;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The calls somebody may see. Whatever shows calls to people or programs reads them here: the one place where company and employee are filtered. */
@Component
public class VisibleCalls {

    /** A place no PBX has: somebody who sits nowhere had no calls. */
    private static final Seat NOWHERE = new Seat("(nowhere)");

    private final Journal journal;
    private final Employees employees;

    VisibleCalls(Journal journal, Employees employees) {
        this.journal = journal;
        this.employees = employees;
    }

    public Optional<StoredCall> find(Audience audience, CallId id) {
        return journal.find(audience.company(), id).filter(call -> isFor(audience, call));
    }

    /** Newest first. The page may hold fewer calls than were asked for although there is another one. */
    public CallPage list(Audience audience, CallQuery query) {
        if (!audience.company().equals(query.company())) {
            throw new IllegalArgumentException("These are calls of another company.");
        }
        if (audience.seesAll()) {
            return journal.list(query);
        }
        var own = audience.employee()
                .map(employee -> seats(audience.company(), employee))
                .orElse(Set.of(NOWHERE));
        var page = journal.list(query.at(query.seats().isEmpty() ? own : both(own, query.seats())));
        // the same seat of another PBX of the company may be somebody else's
        return new CallPage(
                page.items().stream()
                        .filter(row -> find(audience, row.id()).isPresent())
                        .toList(),
                page.next());
    }

    /** Every place of the company's PBXs where this employee sits; a place nobody has when there is none. */
    public Set<Seat> seats(CompanyId company, EmployeeId id) {
        var seats = new HashSet<Seat>();
        employees.find(company, id).ifPresent(employee -> {
            employees.idsOf(employee.id()).values().forEach(seat -> seats.add(new Seat(seat)));
            employee.extension().ifPresent(extension -> seats.add(new Seat(extension.digits())));
        });
        return seats.isEmpty() ? Set.of(NOWHERE) : seats;
    }

    private boolean isFor(Audience audience, StoredCall stored) {
        return audience.seesAll()
                || audience.employee()
                        .filter(employee -> hasPart(employee, stored))
                        .isPresent();
    }

    private boolean hasPart(EmployeeId employee, StoredCall stored) {
        return seatsOf(stored.call()).stream()
                .anyMatch(seat -> employees
                        .at(stored.company(), stored.connection(), seat)
                        .filter(found -> found.id().equals(employee))
                        .isPresent());
    }

    private static List<Seat> seatsOf(Call call) {
        return call.legs().stream()
                .filter(leg -> leg.role() == SeatRole.EMPLOYEE)
                .map(leg -> leg.seat())
                .distinct()
                .toList();
    }

    private static Set<Seat> both(Set<Seat> own, Set<Seat> asked) {
        var both = new HashSet<>(own);
        both.retainAll(asked);
        return both.isEmpty() ? Set.of(NOWHERE) : both;
    }
}
