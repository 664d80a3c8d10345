package io.patchbay.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of passwords: after a few failures in a row an address must wait before it may try a login again, and after many
 * failures before it may try any login. Counted by address too, so that nobody can lock a colleague out from afar.
 *
 * <p>Kept in memory: a restart forgives. Thread-safe.
 */
@Component
class SignInThrottle {

    /** Failures of one address with one login. */
    private static final int PER_LOGIN = 5;

    /** Failures of one address with any logins. */
    private static final int PER_ADDRESS = 30;

    private static final Duration PAUSE = Duration.ofMinutes(15);

    /** Entries kept at most; the oldest go first, so a flood of addresses cannot fill the memory. */
    private static final int REMEMBERED = 10_000;

    private final Clock clock;

    private final Map<String, Failures> failures = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** @param told whether it was noted that one must wait */
    private record Failures(int count, Instant last, boolean told) {}

    synchronized boolean mustWait(String login, String address) {
        return count(login(login, address)) >= PER_LOGIN || count(address) >= PER_ADDRESS;
    }

    /** True once for each time that this login must wait at this address, so that a flood of attempts is no flood of notes. */
    synchronized boolean isNews(String login, String address) {
        var key = count(address) >= PER_ADDRESS ? address : login(login, address);
        var known = failures.get(key);
        if (known == null || known.told()) {
            return false;
        }
        failures.put(key, new Failures(known.count(), known.last(), true));
        return true;
    }

    synchronized void failed(String login, String address) {
        add(login(login, address));
        add(address);
    }

    synchronized void succeeded(String login, String address) {
        failures.remove(login(login, address));
    }

    private void add(String key) {
        failures.put(key, new Failures(count(key) + 1, clock.instant(), false));
    }

    private int count(String key) {
        var known = failures.get(key);
        return known == null || known.last().plus(PAUSE).isBefore(clock.instant()) ? 0 : known.count();
    }

    // an address has no line break, so no login can be made up that counts for another address
    private static String login(String login, String address) {
        return address + "\n" + login.strip().toLowerCase(java.util.Locale.ROOT);
    }
}
