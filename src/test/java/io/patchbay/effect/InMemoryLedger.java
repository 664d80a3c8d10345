package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Passes the tests of {@link JdbcLedger}. */
final class InMemoryLedger implements Ledger {

    private record Tried(long effect, Attempt attempt) {}

    private final List<Effect> effects = new ArrayList<>();
    private final List<Tried> tried = new ArrayList<>();

    @Override
    public synchronized List<Effect> of(CallId call) {
        return effects.stream()
                .filter(e -> e.call().equals(call))
                .sorted(Comparator.comparing(Effect::id))
                .toList();
    }

    @Override
    public synchronized List<Effect> of(CallId call, long connection) {
        return of(call).stream().filter(e -> e.connection() == connection).toList();
    }

    @Override
    public synchronized List<Effect> parked(CompanyId company, long before, int limit) {
        return effects.stream()
                .filter(e -> e.company().equals(company) && e.state() == EffectState.PARKED && e.id() < before)
                .sorted(Comparator.comparing(Effect::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Effect> parked(CompanyId company, long connection, long before, int limit) {
        return parked(company, before, Integer.MAX_VALUE).stream()
                .filter(e -> e.connection() == connection)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<Long, Integer> parkedCounts(CompanyId company) {
        return parked(company, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .collect(Collectors.groupingBy(Effect::connection, Collectors.summingInt(e -> 1)));
    }

    @Override
    public synchronized Optional<Effect> put(Effect effect) {
        if (effect.version() == 0) {
            return effects.stream().anyMatch(e -> isSame(e, effect))
                    ? Optional.empty()
                    : Optional.of(keep(effect.stored(effects.size() + 1L, 1)));
        }
        return effects.removeIf(e -> e.id() == effect.id() && e.version() == effect.version())
                ? Optional.of(keep(effect.stored(effect.id(), effect.version() + 1)))
                : Optional.empty();
    }

    @Override
    public synchronized void attempted(Effect effect, Attempt attempt) {
        tried.add(new Tried(effect.id(), attempt));
    }

    @Override
    public synchronized List<Attempt> attempts(long effect) {
        return tried.stream()
                .filter(t -> t.effect() == effect)
                .map(Tried::attempt)
                .toList();
    }

    private Effect keep(Effect effect) {
        effects.add(effect);
        return effect;
    }

    private static boolean isSame(Effect one, Effect other) {
        return one.call().equals(other.call())
                && one.connection() == other.connection()
                && one.kind() == other.kind()
                && one.subject().equals(other.subject());
    }
}
