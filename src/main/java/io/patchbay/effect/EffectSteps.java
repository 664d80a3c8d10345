package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Urgency;
import io.patchbay.journal.Joined;
import io.patchbay.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** All that routes and pages call in this package. Thread-safe. */
public final class EffectSteps {

    /** A message sent after the commit is given this long before the sweeper sends it too. */
    private static final Duration SENT_BY_US = Duration.ofSeconds(30);

    private static final int SWEEP = 500;

    private final Journal journal;
    private final Ledger ledger;
    private final Wakes wakes;
    private final Receivers receivers;
    private final EffectRunner runner;
    private final WakeSender sender;
    private final Duration resend;
    private final Clock clock;

    /** @param resend a wake-up that nobody took is sent again after this */
    public EffectSteps(
            Journal journal,
            Ledger ledger,
            Wakes wakes,
            Receivers receivers,
            EffectRunner runner,
            WakeSender sender,
            Duration resend,
            Clock clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.wakes = wakes;
        this.receivers = receivers;
        this.runner = runner;
        this.sender = sender;
        this.resend = resend;
        this.clock = clock;
    }

    /** Wakes every interested connection for every call that changed: stored in the caller's transaction, sent after its commit. */
    public void wake(List<Joined> joined) {
        for (var one : joined) {
            if (one.changed()) {
                receivers
                        .companyOf(one.call().keys().iterator().next().connection())
                        .ifPresent(company -> wake(company, one.id(), one.call()));
            }
        }
    }

    /** Looks at a call for a connection. Not inside a transaction. */
    public void look(long connection, long call) {
        runner.look(connection, new CallId(call));
    }

    /** Sends again what is due: retries, settled calls, and whatever message was lost. To be called every second. */
    public void sweep() {
        wakes.take(clock.instant(), resend, SWEEP)
                .forEach(wake -> sender.send(wake.connection(), wake.call(), wake.group(), wake.live()));
    }

    /**
     * Looks again and does what is missing; what was given up gets a fresh horizon. Changes nothing that is right.
     *
     * @return false when there is no such call
     */
    public boolean replay(CompanyId company, CallId call) {
        var stored = journal.find(company, call);
        stored.ifPresent(found -> {
            var now = clock.instant();
            ledger.of(found.id()).stream().filter(Effect::mayBeReopened).forEach(e -> ledger.put(e.reopened(now)));
            wake(company, found.id(), found.call());
        });
        return stored.isPresent();
    }

    /** The same in one connection. @return false when there is no such call */
    public boolean replay(CompanyId company, CallId call, long connection) {
        var stored = journal.find(company, call);
        stored.ifPresent(found -> {
            var now = clock.instant();
            ledger.of(found.id(), connection).stream()
                    .filter(Effect::mayBeReopened)
                    .forEach(e -> ledger.put(e.reopened(now)));
            wake(connection, found.id(), group(found.id(), found.call()), isLive(found.call(), now), now);
        });
        return stored.isPresent();
    }

    /** Whether a call was looked at there since it was woken; what is still to be done is left to later looks. */
    public boolean isLooked(CallId call, long connection, Instant woken) {
        return wakes.of(call, connection)
                .map(wake -> wake.dueAt().isAfter(woken))
                .orElse(true);
    }

    /**
     * A connected system ordered this call and has an entry for it already: no second one is made.
     *
     * @param seat who ordered it; his card is on his screen
     */
    public void entryKnown(CompanyId company, CallId call, long connection, String entry, Optional<Seat> seat) {
        var now = clock.instant();
        ledger.put(Effect.due(company, call, connection, EffectKind.OPEN_CALL, "", seat, now)
                .done(Optional.of(entry), Optional.empty(), now));
    }

    private void wake(CompanyId company, CallId id, Call call) {
        if (call.erasedAt().isPresent()) {
            return; // nothing of it goes anywhere any more
        }
        var now = clock.instant();
        var group = group(id, call);
        var live = isLive(call, now);
        receivers.of(company).stream()
                // one that is switched off too: what is to be done there waits until it is on again
                .filter(receiver -> receiver.isInterested() && receiver.rules().mayConcern(call))
                .forEach(receiver -> wake(receiver.connection(), id, group, live, now));
    }

    private static String group(CallId id, Call call) {
        return call.client() instanceof PhoneNumber phone
                ? Integer.toHexString(phone.hashCode()) // no number in a message's header
                : id.toString();
    }

    private static boolean isLive(Call call, Instant now) {
        return EffectRunner.urgency(call, now) == Urgency.LIVE;
    }

    private void wake(long connection, CallId call, String group, boolean live, Instant now) {
        wakes.wake(call, connection, group, live, now, now.plus(SENT_BY_US));
        afterCommit(() -> sender.send(connection, call, group, live));
    }

    private static void afterCommit(Runnable send) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    send.run();
                }
            });
        } else {
            send.run();
        }
    }
}
