package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Remembers every effect: the intent before, the result after. */
public interface Ledger {

    /** All effects of a call in all connections, oldest first. */
    List<Effect> of(CallId call);

    /** Of several calls at once, for a list; a call without effects is missing. */
    default Map<CallId, List<Effect>> of(Collection<CallId> calls) {
        return calls.stream()
                .distinct()
                .flatMap(call -> of(call).stream())
                .collect(Collectors.groupingBy(Effect::call));
    }

    /** Oldest first. */
    List<Effect> of(CallId call, long connection);

    /**
     * Those that wait for a person, newest first.
     *
     * @param before only ids smaller than this; {@link Long#MAX_VALUE} for the first page
     */
    List<Effect> parked(CompanyId company, long before, int limit);

    /** The same of one connection. */
    List<Effect> parked(CompanyId company, long connection, long before, int limit);

    /** How many wait for a person, by connection; a connection without any is missing. */
    Map<Long, Integer> parkedCounts(CompanyId company);

    /**
     * Stores a new or changed effect.
     *
     * @return as stored; empty when somebody else stored the same effect since this one was read: then nothing was changed
     */
    Optional<Effect> put(Effect effect);

    void attempted(Effect effect, Attempt attempt);

    /** Oldest first. */
    List<Attempt> attempts(long effect);
}
