package io.patchbay.effect;

import io.patchbay.connector.Fault;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an effect has come.
 *
 * @param attempts      since it was planned or replayed
 * @param firstTriedAt  from here the horizon of retries counts; empty before the first try and after a set-up fault
 * @param nextAttemptAt only when waiting
 * @param externalId    what the target calls it; only when done
 * @param url           where a person sees it in the target
 * @param fault         of the last attempt; empty when it went well
 * @param lastError     the target's words, empty when there are none; of a done effect: what it complained about all the same
 */
public record Progress(
        EffectState state,
        int attempts,
        Optional<Instant> firstTriedAt,
        Optional<Instant> nextAttemptAt,
        Optional<String> externalId,
        Optional<String> url,
        Optional<Fault> fault,
        String lastError,
        Instant changedAt) {

    static Progress none(Instant now) {
        return new Progress(
                EffectState.DUE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                now);
    }

    Progress started(Instant now) {
        return now(EffectState.STARTED, attempts + 1, firstTriedAt.or(() -> Optional.of(now)), Optional.empty(), now);
    }

    Progress done(Optional<String> externalId, Optional<String> url, String warning, Instant now) {
        return new Progress(
                EffectState.DONE,
                attempts,
                firstTriedAt,
                Optional.empty(),
                externalId,
                url,
                Optional.empty(),
                warning,
                now);
    }

    Progress failed(Fault fault, String error, Optional<Instant> next, Instant now) {
        return new Progress(
                next.isPresent() ? EffectState.WAITING : EffectState.PARKED,
                attempts,
                fault == Fault.SETUP ? Optional.empty() : firstTriedAt,
                next,
                externalId,
                url,
                Optional.of(fault),
                error,
                now);
    }

    Progress postponed(Instant until, Instant now) {
        return now(EffectState.WAITING, attempts, firstTriedAt, Optional.of(until), now);
    }

    Progress skipped(Instant now) {
        return now(EffectState.SKIPPED, attempts, firstTriedAt, Optional.empty(), now);
    }

    /** The last fault stays, since it tells whether the target may have done it. */
    Progress reopened(Instant now) {
        return now(EffectState.DUE, 0, Optional.empty(), Optional.empty(), now);
    }

    private Progress now(
            EffectState state, int attempts, Optional<Instant> firstTriedAt, Optional<Instant> next, Instant now) {
        return new Progress(state, attempts, firstTriedAt, next, externalId, url, fault, lastError, now);
    }
}
