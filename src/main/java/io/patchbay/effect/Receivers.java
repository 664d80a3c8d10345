package io.patchbay.effect;

import io.patchbay.company.CompanyId;
import java.util.List;
import java.util.Optional;

/** The connections in which calls have effects. */
public interface Receivers {

    /** Empty when there is no such connection, or its connector was removed. */
    Optional<Receiver> find(long connection);

    List<Receiver> of(CompanyId company);

    /** Whose connection this is, whatever it is connected with. */
    Optional<CompanyId> companyOf(long connection);
}
