package io.patchbay.watch;

import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth.Health;
import io.patchbay.intake.HookAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that is known of how one connection is doing at one moment.
 *
 * @param lastHeard    when the system last told something; empty when never, as far as hooks are kept
 * @param silent       working time since then; empty when its silence means nothing: no PBX, or switched off
 * @param backlog      calls whose time to be looked at has come
 * @param held         hooks over its pace that wait to be read
 * @param parked       effects that were given up
 * @param limitPercent of the target's rate limit that is in use
 * @param tokenEnds    end of the access token; the hub renews it before
 * @param renewed      the hub renews the token by itself
 * @param address      how its hook address and those before it are used
 * @param subscribes   the hub tells the system its address
 * @param tried        attempts at effects in the window that is watched
 * @param failed       how many of them did not succeed
 */
public record Standing(
        Connection connection,
        Health health,
        Optional<Instant> lastHeard,
        Optional<Duration> silent,
        int backlog,
        int held,
        int parked,
        OptionalInt limitPercent,
        Optional<Instant> tokenEnds,
        boolean renewed,
        HookAddress address,
        boolean subscribes,
        int tried,
        int failed) {}
