package io.patchbay.connection.api;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Secret;
import io.patchbay.connection.TokenPair;
import io.patchbay.connection.TokenStore;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens and sessions of connections: renewed early, by one at a time over all nodes, and stored before they are used.
 *
 * <p>A refresh token works once. Two renewals at once, or a pair that was received but not stored, end in a login that only a person can repair
 * [issue] contracts/crm/amocrm.md §2.
 */
public final class Tokens {

    private static final Duration HOLD = Duration.ofMinutes(2); // longer than any request for a token may take
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100); // while another node renews
    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final String SPENT_CODE = "oauth.spent-code";
    private static final String LOGGED_IN_AS = "login.as";
    private static final String REFUSED = "login.refused"; // <how often> <when last, epoch seconds> <fingerprint>
    private static final int REFUSALS =
            2; // more of them in a row lock the user out [code] contracts/crm/sugarcrm.md §5
    private static final Duration AFTER_REFUSALS = Duration.ofMinutes(30);

    private final TokenStore store;
    private final TokenRequests requests;
    private final LoginRequests logins;
    private final ConnectionState state;
    private final Clock clock;
    private final String node = UUID.randomUUID().toString();
    private final Map<ConnectionId, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<ConnectionId, Instant> lookedAt = new ConcurrentHashMap<>();

    public Tokens(TokenStore store, Door door, ConnectionState state, Clock clock) {
        this.store = store;
        this.requests = new TokenRequests(door);
        this.logins = new LoginRequests(door);
        this.state = state;
        this.clock = clock;
    }

    /**
     * A token that can be sent now.
     *
     * @throws ConnectorException set-up when there is none and none can be had without a person
     */
    Secret current(Target target, Auth.OAuth2 oauth) {
        var id = target.connection().id();
        if (hasNewCode(target, oauth)) {
            exclusively(id, () -> spendCode(target, oauth));
        }
        var pair = store.find(id);
        var access = pair.access().orElseThrow(() -> notConnected(target));
        if (clock.instant().isBefore(pair.expiresAt().minus(oauth.refreshBefore()))) {
            return access;
        }
        try {
            return renewed(target, oauth, pair).access().orElse(access);
        } catch (ConnectorException e) {
            if (e.fault().passes() && clock.instant().isBefore(pair.expiresAt())) {
                return access; // early was too early for the target; the old one still has some minutes
            }
            throw e;
        }
    }

    /**
     * The same for a log-in of the connector's own.
     *
     * @throws ConnectorException set-up when the target refuses the login
     */
    Secret current(Target target, Auth.Login login) {
        var id = target.connection().id();
        var pair = store.find(id);
        if (pair.access().isEmpty() || isAnotherLogin(target, login)) {
            return exclusively(id, () -> {
                        var now = store.find(id);
                        return now.version() != pair.version() ? now : logIn(target, login);
                    })
                    .access()
                    .orElseThrow(() -> notConnected(target));
        }
        var access = pair.access().get();
        if (clock.instant().isBefore(pair.expiresAt().minus(login.refreshBefore()))) {
            return access;
        }
        return renewed(target, login, pair).access().orElse(access);
    }

    /** Gets a new token in the place of one that the target no longer takes; does nothing when somebody else already did. */
    void renew(Target target, String stale) {
        var pair = store.find(target.connection().id());
        if (pair.access().map(access -> access.is(stale)).orElse(false)) {
            target.auth().ifPresent(way -> renewed(target, way, pair));
        }
    }

    private TokenPair renewed(Target target, Auth way, TokenPair old) {
        return exclusively(target.connection().id(), () -> {
            var now = store.find(target.connection().id());
            if (now.version() != old.version()) {
                return now;
            }
            return switch (way) {
                case Auth.OAuth2 oauth -> ask(target, oauth, now);
                case Auth.Login login -> logInAgain(target, login, now);
                default -> now;
            };
        });
    }

    /** With the refresh token when there is one; when the target no longer takes it, from the start. */
    private TokenPair logInAgain(Target target, Auth.Login login, TokenPair old) {
        var id = target.connection().id();
        if (login.refresh().isEmpty() || old.refresh().isEmpty()) {
            return logIn(target, login);
        }
        store.asking(id, clock.instant());
        try {
            return keep(id, logins.ask(target, login, old.refresh(), clock.instant()));
        } catch (ConnectorException e) {
            if (e.fault() != Fault.SETUP) {
                throw e;
            }
            return logIn(target, login);
        }
    }

    private TokenPair logIn(Target target, Auth.Login login) {
        var id = target.connection().id();
        var as = logins.fingerprint(target, login);
        var refused = refusals(id, as);
        if (refused >= REFUSALS && clock.instant().isBefore(lastRefusal(id).plus(AFTER_REFUSALS))) {
            throw new ConnectorException(
                    Fault.SETUP,
                    "refused-before",
                    target.name() + " has refused this login " + refused
                            + " times. It is not tried again for now, so that"
                            + " the user is not locked out. Correct the login in the connection.",
                    Duration.ZERO,
                    null);
        }
        try {
            var pair = keep(id, logins.ask(target, login, Optional.empty(), clock.instant()));
            state.write(id, LOGGED_IN_AS, as);
            state.write(id, REFUSED, "0 0 " + as);
            return pair;
        } catch (ConnectorException e) {
            if (e.fault() == Fault.SETUP) {
                state.write(id, REFUSED, (refused + 1) + " " + clock.instant().getEpochSecond() + " " + as);
            }
            throw e;
        }
    }

    private int refusals(ConnectionId id, String as) {
        var noted = state.read(id, REFUSED).orElse("").split(" ");
        return noted.length == 3 && noted[2].equals(as) ? Integer.parseInt(noted[0]) : 0;
    }

    private Instant lastRefusal(ConnectionId id) {
        return Instant.ofEpochSecond(
                Long.parseLong(state.read(id, REFUSED).orElse("0 0 -").split(" ")[1]));
    }

    private boolean isAnotherLogin(Target target, Auth.Login login) {
        var id = target.connection().id();
        var changedAt = target.connection().changedAt();
        if (changedAt.equals(lookedAt.get(id))) {
            return false;
        }
        var as = logins.fingerprint(target, login);
        var another =
                !state.read(id, LOGGED_IN_AS).orElse(as).equals(as); // tokens that were handed over are nobody else's
        if (!another) {
            lookedAt.put(id, changedAt);
        }
        return another;
    }

    private TokenPair ask(Target target, Auth.OAuth2 oauth, TokenPair old) {
        var id = target.connection().id();
        var refresh = old.refresh().orElseThrow(() -> notConnected(target));
        store.asking(id, clock.instant());
        try {
            return keep(id, requests.refresh(target, oauth, refresh));
        } catch (ConnectorException e) {
            if (e.fault() == Fault.BUSY) {
                store.notAsked(id); // the target says it did nothing
            }
            if (e.fault() == Fault.SETUP && old.lost()) {
                throw new ConnectorException(
                        Fault.SETUP,
                        e.code(),
                        e.getMessage() + " The answer to an earlier renewal of the login got lost on its way."
                                + " Connect " + target.name() + " again.",
                        Duration.ZERO,
                        e);
            }
            throw e;
        }
    }

    private TokenPair keep(ConnectionId id, TokenRequests.Granted granted) {
        return store.replace(
                id, granted.access(), granted.refresh(), clock.instant().plus(granted.life()));
    }

    private boolean hasNewCode(Target target, Auth.OAuth2 oauth) {
        var id = target.connection().id();
        var changedAt = target.connection().changedAt();
        if (oauth.code().isEmpty() || changedAt.equals(lookedAt.get(id))) {
            return false;
        }
        var fresh = isFresh(target, oauth);
        if (!fresh) {
            lookedAt.put(id, changedAt);
        }
        return fresh;
    }

    private boolean isFresh(Target target, Auth.OAuth2 oauth) {
        var code = target.values().find(oauth.code()).orElse("");
        return !code.isEmpty()
                && !Fingerprint.of(code)
                        .equals(state.read(target.connection().id(), SPENT_CODE).orElse(""));
    }

    private TokenPair spendCode(Target target, Auth.OAuth2 oauth) {
        var id = target.connection().id();
        if (!isFresh(target, oauth)) {
            return store.find(id); // another was faster
        }
        var code = target.values().find(oauth.code()).orElse("");
        try {
            var pair = keep(id, requests.exchange(target, oauth, code));
            state.write(id, SPENT_CODE, Fingerprint.of(code));
            return pair;
        } catch (ConnectorException e) {
            if (e.fault() == Fault.SETUP) {
                state.write(id, SPENT_CODE, Fingerprint.of(code)); // it will not get better by asking again
            }
            throw e;
        }
    }

    private interface Act {
        TokenPair run();
    }

    private TokenPair exclusively(ConnectionId id, Act act) {
        var lock = locks.computeIfAbsent(id, ignored -> new ReentrantLock());
        lock.lock();
        try {
            holdAcrossNodes(id);
            try {
                return act.run();
            } finally {
                store.release(id, node);
            }
        } finally {
            lock.unlock();
        }
    }

    private void holdAcrossNodes(ConnectionId id) {
        var from = System.nanoTime();
        while (!store.hold(id, node, clock.instant(), clock.instant().plus(HOLD))) {
            if (System.nanoTime() - from > GIVE_UP.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new ConnectorException(
                        Fault.BUSY, "hub", "Another node of the hub is renewing the login.", GIVE_UP, null);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static ConnectorException notConnected(Target target) {
        return new ConnectorException(
                Fault.SETUP,
                "not-connected",
                target.name() + " has not given its login yet. Connect it.",
                Duration.ZERO,
                null);
    }
}
