package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.util.Optional;

/** Knows besides the directory who ordered this call: the target named him itself, whether or not he has a phone anywhere. */
record PeopleWhoOrder(People directory, Call call) implements People {

    @Override
    public Optional<Person> at(CompanyId company, long pbx, Seat seat, long target) {
        var listed = directory.at(company, pbx, seat, target);
        return listed.filter(person -> person.id().isPresent())
                .or(() -> orderedBy(seat, target))
                .or(() -> listed);
    }

    private Optional<Person> orderedBy(Seat seat, long target) {
        return call.order()
                .filter(order -> order.seat().equals(seat))
                .flatMap(OrderFact::by)
                .filter(by -> by.connection() == target)
                .map(by -> Person.known(by.employee()));
    }
}
