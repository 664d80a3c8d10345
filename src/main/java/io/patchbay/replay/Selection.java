package io.patchbay.replay;

import io.patchbay.call.CallId;
import io.patchbay.effect.Ledger;
import io.patchbay.journal.Journal;
import io.patchbay.run.Run;
import java.util.List;

/** The calls that a replay is about, page by page, in an order that does not change while it goes on. */
record Selection(Run run, Journal journal, Ledger ledger) {

    /** @param mark where to go on after it */
    record Item(CallId call, long mark) {}

    private boolean isOfCall() {
        return run.scope().about().hasNonNull(Replay.CALL);
    }

    private boolean isParked() {
        return run.scope().about().hasNonNull(Replay.PARKED);
    }

    /** How many there are; of what was given up, how many effects. */
    long count() {
        if (isOfCall()) {
            return 1;
        }
        if (isParked()) {
            return ledger.parkedCounts(run.company()).getOrDefault(connection(), 0);
        }
        return journal.countBegun(
                run.company(),
                run.scope().from().orElseThrow(),
                run.scope().to().orElseThrow());
    }

    /** @param mark of the last one; 0 to begin */
    List<Item> after(long mark, int limit) {
        if (isOfCall()) {
            var call = CallId.parse(run.scope().about().get(Replay.CALL).asString())
                    .orElseThrow();
            return mark == 0 ? List.of(new Item(call, 1)) : List.of();
        }
        if (isParked()) {
            return ledger.parked(run.company(), connection(), mark == 0 ? Long.MAX_VALUE : mark, limit).stream()
                    .map(effect -> new Item(effect.call(), effect.id()))
                    .toList();
        }
        return journal
                .begun(
                        run.company(),
                        run.scope().from().orElseThrow(),
                        run.scope().to().orElseThrow(),
                        mark,
                        limit)
                .stream()
                .map(call -> new Item(call, call.value()))
                .toList();
    }

    private long connection() {
        return run.scope().connection().orElseThrow();
    }
}
