package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.caller.WhoCalls;
import io.patchbay.company.Company;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Urgency;
import io.patchbay.directory.Clients;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks at a call for a connection: loads the call and its ledger, does what is due, stores what came of it, and says when to look again.
 * Looking again does nothing when all is right.
 *
 * <p>Thread-safe; two looks at one call for one connection run one after the other. Must not run inside a transaction: an intent has to
 * be on the disk before its operation begins.
 */
public final class EffectRunner {

    /** A connection that is switched off is looked at this seldom. */
    private static final Duration OFF = Duration.ofMinutes(1);

    /** A call of which something was heard this lately is live. */
    private static final Duration LIVE = Duration.ofMinutes(5);

    private record Key(CallId call, long connection) {}

    /** The looks at one call for one connection; counted, so that it is dropped only when nobody waits for it. Changed under the map's lock. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private int looks;

        static Turn joined(@Nullable Turn other) {
            var turn = other == null ? new Turn() : other;
            turn.looks++;
            return turn;
        }

        @Nullable
        Turn left() {
            looks--;
            return looks == 0 ? null : this;
        }
    }

    private final Journal journal;
    private final Ledger ledger;
    private final Wakes wakes;
    private final Receivers receivers;
    private final Clients clients;
    private final People people;
    private final Target target;
    private final RecordingLinks links;
    private final WhoCalls whoCalls;
    private final Function<CompanyId, Company> companies;
    private final RetrySchedule schedule;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final DoubleSupplier chance;
    private final ConcurrentHashMap<Key, Turn> running = new ConcurrentHashMap<>();

    /** @param chance 0 to 1, spreads retries */
    public EffectRunner(
            Journal journal,
            Ledger ledger,
            Wakes wakes,
            Receivers receivers,
            Clients clients,
            People people,
            Target target,
            RecordingLinks links,
            WhoCalls whoCalls,
            Function<CompanyId, Company> companies,
            RetrySchedule schedule,
            TransactionOperations transactions,
            Clock clock,
            DoubleSupplier chance) {
        this.journal = journal;
        this.ledger = ledger;
        this.wakes = wakes;
        this.receivers = receivers;
        this.clients = clients;
        this.people = people;
        this.target = target;
        this.links = links;
        this.whoCalls = whoCalls;
        this.companies = companies;
        this.schedule = schedule;
        this.transactions = transactions;
        this.clock = clock;
        this.chance = chance;
    }

    /** Nothing happens when the call or the connection is gone. */
    public void look(long connection, CallId call) {
        var key = new Key(call, connection);
        var turn = running.compute(key, (ignored, other) -> Turn.joined(other));
        turn.lock.lock();
        try {
            var wake = wakes.of(call, connection);
            var next = lookAlone(connection, call);
            wake.ifPresent(seen -> wakes.looked(seen, next));
            if (wake.isEmpty() && next.isPresent()) {
                wakes.wake(call, connection, call.toString(), true, next.get(), next.get());
            }
        } finally {
            turn.lock.unlock();
            running.computeIfPresent(key, (ignored, mine) -> mine.left());
        }
    }

    private Optional<Instant> lookAlone(long connection, CallId call) {
        var receiver = receivers.find(connection);
        var stored = receiver.flatMap(r -> journal.find(r.company(), call));
        if (receiver.isEmpty() || stored.isEmpty() || isErased(stored.get())) {
            return Optional.empty();
        }
        var now = clock.instant();
        if (!receiver.get().enabled()) {
            return Optional.of(now.plus(OFF));
        }
        if (receiver.get().closedUntil().filter(now::isBefore).isPresent()) {
            return receiver.get().closedUntil();
        }
        var older = stored.get().id();
        if (!older.equals(call)) {
            wakes.wake(older, connection, older.toString(), true, now, now);
            return Optional.empty();
        }
        var settled = journal.heardAt(older).plus(Call.SETTLING);
        if (!stored.get().call().isOpen() && clock.instant().isBefore(settled)) {
            // events that were held up come in a burst: their own times would let the verdict fall between two of them
            return Optional.of(settled);
        }
        adopt(stored.get(), connection);
        return look(receiver.get(), stored.get());
    }

    /** Nothing of it goes anywhere any more. */
    private static boolean isErased(StoredCall stored) {
        return stored.call().erasedAt().isPresent();
    }

    /** A call of which nothing was heard for a while comes from history, from a replay or after an outage: calls that go on now go first. */
    static Urgency urgency(Call call, Instant now) {
        return call.lastNewsAt().plus(LIVE).isAfter(now) ? Urgency.LIVE : Urgency.BACKGROUND;
    }

    /** What was done for a call under a former id was done for this one: two entries for one call must not arise. */
    private void adopt(StoredCall stored, long connection) {
        for (var former : journal.formerIds(stored.id())) {
            var own = ledger.of(stored.id(), connection);
            for (var effect : ledger.of(former, connection)) {
                if (own.stream()
                        .noneMatch(e -> e.kind() == effect.kind() && e.subject().equals(effect.subject()))) {
                    ledger.put(effect.of(stored.id()));
                }
            }
        }
    }

    private Optional<Instant> look(Receiver receiver, StoredCall stored) {
        var known = new PeopleWhoOrder(people, stored.call());
        return new Look(
                        receiver,
                        stored,
                        new Inputs(stored, companies.apply(stored.company()), receiver, known, links),
                        ledger,
                        clients,
                        known,
                        whoCalls,
                        target.with(urgency(stored.call(), clock.instant())),
                        schedule,
                        transactions,
                        () -> journal.find(stored.company(), stored.id())
                                .filter(EffectRunner::isErased)
                                .isPresent(),
                        clock,
                        chance)
                .run();
    }
}
