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

    /** Parked effects read at once. */
    private static final int PAGE = 200;

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
            ledger.of(found.id()).stream()
                    .filter(e -> e.state() == EffectState.PARKED || e.state() == EffectState.WAITING)
                    .forEach(e -> ledger.put(e.reopened(now)));
            wake(company, found.id(), found.call());
        });
        return stored.isPresent();
    }

    /**
     * Does again, in one connection, whatever was given up there. Changes nothing that is right.
     *
     * @return how many effects got a fresh horizon
     */
    public int replayParked(CompanyId company, long connection) {
        var before = Long.MAX_VALUE;
        var reopened = 0;
        for (var page = ledger.parked(company, connection, before, PAGE); !page.isEmpty(); ) {
            reopened += reopen(company, page);
            before = page.getLast().id();
            page = ledger.parked(company, connection, before, PAGE);
        }
        return reopened;
    }

    private int reopen(CompanyId company, List<Effect> parked) {
        var now = clock.instant();
        var reopened = 0;
        for (var effect : parked) {
            if (ledger.put(effect.reopened(now)).isPresent()) {
                reopened++;
            }
        }
        parked.stream()
                .map(Effect::call)
                .distinct()
                .flatMap(call -> journal.find(company, call).stream())
                .forEach(found -> wake(company, found.id(), found.call()));
        return reopened;
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
        var group = call.client() instanceof PhoneNumber phone
                ? Integer.toHexString(phone.hashCode()) // no number in a message's header
                : id.toString();
        var live = EffectRunner.urgency(call, now) == Urgency.LIVE;
        receivers.of(company).stream()
                // one that is switched off too: what is to be done there waits until it is on again
                .filter(receiver -> receiver.isInterested() && receiver.rules().mayConcern(call))
                .forEach(receiver -> wake(receiver.connection(), id, group, live, now));
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
