package io.patchbay.effect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures each attempt that is written down, by connection, kind and the state it led to. */
record MeasuredLedger(Ledger ledger, MeterRegistry meters) implements Ledger {

    private static final String ATTEMPTS = "patchbay.effect.attempts";

    @Override
    public void attempted(Effect effect, Attempt attempt) {
        ledger.attempted(effect, attempt);
        Timer.builder(ATTEMPTS)
                .tag("connection", Long.toString(effect.connection()))
                .tag("kind", word(effect.kind()))
                .tag("state", word(effect.state()))
                .register(meters)
                .record(attempt.took());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public List<Effect> of(CallId call) {
        return ledger.of(call);
    }

    @Override
    public Map<CallId, List<Effect>> of(Collection<CallId> calls) {
        return ledger.of(calls);
    }

    @Override
    public List<Effect> of(CallId call, long connection) {
        return ledger.of(call, connection);
    }

    @Override
    public List<Effect> parked(CompanyId company, long before, int limit) {
        return ledger.parked(company, before, limit);
    }

    @Override
    public List<Effect> parked(CompanyId company, long connection, long before, int limit) {
        return ledger.parked(company, connection, before, limit);
    }

    @Override
    public Map<Long, Integer> parkedCounts(CompanyId company) {
        return ledger.parkedCounts(company);
    }

    @Override
    public Optional<Effect> put(Effect effect) {
        return ledger.put(effect);
    }

    @Override
    public List<Attempt> attempts(long effect) {
        return ledger.attempts(effect);
    }
}
