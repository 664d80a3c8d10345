package io.patchbay.intake;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.journal.HeldHook;
import io.patchbay.journal.RawHooks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What routes/intake/hold and routes/call/release call: hooks over their connection's pace rest in the database until it is their turn. One that is in hand when the hub dies is in
 * hand again after a minute; reading it twice changes nothing.
 */
@Component
public class HeldHooks {

    private static final Logger LOG = LoggerFactory.getLogger(HeldHooks.class);

    /** Of one connection in one round, so that a round is short and all get their turn. */
    private static final int AT_ONCE = 50;

    private static final Duration IN_HAND = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final SealedHooks sealed;
    private final RawHooks raw;
    private final DecodeSteps decoding;
    private final HookPace pace;
    private final Connections connections;
    private final Clock clock;

    HeldHooks(
            SealedHooks sealed,
            RawHooks raw,
            DecodeSteps decoding,
            HookPace pace,
            Connections connections,
            Clock clock) {
        this.sealed = sealed;
        this.raw = raw;
        this.decoding = decoding;
        this.pace = pace;
        this.connections = connections;
        this.clock = clock;
    }

    /** Puts a hook that was accepted among those that wait. Repeated for the same hook it changes nothing. */
    public void hold(byte[] bytes) {
        var hook = sealed.open(bytes);
        raw.hold(decoding.keep(hook, bytes));
        pace.waits(hook.connection());
    }

    /** Whose turn it is: the oldest of each connection as far as its pace lets them, one connection after the other in turn. They are in hand from now on. */
    public List<HeldHook> due() {
        var still = new HashSet<ConnectionId>();
        var lines = new ArrayDeque<Queue<HeldHook>>();
        for (var number : raw.holding()) {
            var id = new ConnectionId(number);
            still.add(id);
            pace.waits(id);
            // of a removed connection: nobody knows its pace, and the usual one will do
            var connector = connections.find(id).map(found -> found.connector()).orElse("");
            var most = pace.release(id, connector, AT_ONCE);
            if (most > 0) {
                lines.add(new ArrayDeque<>(
                        raw.take(number, clock.instant(), clock.instant().plus(IN_HAND), most)));
            }
        }
        pace.onlyWaiting(still);
        return inTurn(lines);
    }

    private static List<HeldHook> inTurn(ArrayDeque<Queue<HeldHook>> lines) {
        var all = new ArrayList<HeldHook>();
        while (!lines.isEmpty()) {
            var line = lines.poll();
            Optional.ofNullable(line.poll()).ifPresent(hook -> {
                all.add(hook);
                lines.add(line);
            });
        }
        return all;
    }

    /** It was read, or put aside. */
    public void done(@ExchangeProperty("held") HeldHook hook) {
        raw.release(hook.id());
    }

    /** It could not be read now; the others go on. */
    public void later(@ExchangeProperty("held") HeldHook hook) {
        var pause = Duration.ofSeconds(1L << Math.min(hook.tries() - 1, 6));
        raw.holdUntil(hook.id(), clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
        LOG.warn("hook.not-read connection={} hook={} again={}s", hook.connection(), hook.id(), pause.toSeconds());
    }
}
