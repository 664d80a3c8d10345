package io.patchbay.effect;

import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.util.Optional;

/** Tells who sits at a PBX's seat. */
public interface People {

    /**
     * The employee, with his id in the target; empty when the directory knows nobody there.
     *
     * @param pbx    the PBX connection that names the seat
     * @param target the connection that is to know him
     */
    Optional<Person> at(CompanyId company, long pbx, Seat seat, long target);

    /**
     * An employee as a target may know him.
     *
     * @param id in the target; empty when it does not know him
     */
    record Person(Optional<String> id, Optional<String> extension, Optional<String> name, Optional<String> email) {

        static Person known(String id) {
            return new Person(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
