package io.patchbay.effect;

import io.patchbay.call.CallId;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.connector.Fault;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that must become true in one connected system because of one call. Unique by call, connection, kind and subject, so that
 * looking again never does it again.
 *
 * @param id            0 while it is not stored
 * @param subject       what it is about: a seat for cards, a recording's key; empty for what a call has once
 * @param seat          whose card it put up or took down; empty for other effects and for a card at the default employee
 * @param attempts      since it was planned or replayed
 * @param firstTriedAt  from here the horizon of retries counts; empty before the first try and after a set-up fault
 * @param nextAttemptAt only when waiting
 * @param externalId    what the target calls it; only when done
 * @param url           where a person sees it in the target
 * @param fault         of the last attempt; empty when it went well
 * @param lastError     the target's words, empty when there are none; of a done effect: what it complained about all the same
 * @param version       grows with every stored change; 0 while it is not stored
 */
public record Effect(
        long id,
        CompanyId company,
        CallId call,
        long connection,
        EffectKind kind,
        String subject,
        Optional<Seat> seat,
        EffectState state,
        int attempts,
        Optional<Instant> firstTriedAt,
        Optional<Instant> nextAttemptAt,
        Optional<String> externalId,
        Optional<String> url,
        Optional<Fault> fault,
        String lastError,
        long version,
        Instant changedAt) {

    public static Effect due(
            CompanyId company,
            CallId call,
            long connection,
            EffectKind kind,
            String subject,
            Optional<Seat> seat,
            Instant now) {
        return new Effect(
                0,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                EffectState.DUE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                0,
                now);
    }

    /** Nothing will happen to it by itself any more. */
    public boolean isOver() {
        return state == EffectState.DONE || state == EffectState.PARKED || state == EffectState.SKIPPED;
    }

    public boolean isDone() {
        return state == EffectState.DONE;
    }

    /** The target may have done it although nobody said so: ask before doing it again. */
    public boolean mayBeDone() {
        return state == EffectState.STARTED
                || (state != EffectState.DONE
                        && fault.filter(f -> f == Fault.UNREACHABLE || f == Fault.OURS)
                                .isPresent());
    }

    /** The intent, to be stored before the operation. */
    public Effect started(Instant now) {
        return in(EffectState.STARTED, now)
                .tried(attempts + 1, firstTriedAt.or(() -> Optional.of(now)), Optional.empty());
    }

    /** @param warning what the target complained about although it did the work, empty for nothing */
    public Effect done(Optional<String> externalId, Optional<String> url, String warning, Instant now) {
        return new Effect(
                id,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                EffectState.DONE,
                attempts,
                firstTriedAt,
                Optional.empty(),
                externalId,
                url,
                Optional.empty(),
                warning,
                version,
                now);
    }

    public Effect done(Optional<String> externalId, Optional<String> url, Instant now) {
        return done(externalId, url, "", now);
    }

    /** Tried in vain; again at {@code next}, or parked when there is none. */
    public Effect failed(Fault fault, String error, Optional<Instant> next, Instant now) {
        var first = fault == Fault.SETUP ? Optional.<Instant>empty() : firstTriedAt;
        return in(next.isPresent() ? EffectState.WAITING : EffectState.PARKED, now)
                .tried(attempts, first, next)
                .because(Optional.of(fault), error);
    }

    /** Not tried: somebody else does the same for another call right now. */
    public Effect postponed(Instant until, Instant now) {
        return in(EffectState.WAITING, now).tried(attempts, firstTriedAt, Optional.of(until));
    }

    public Effect skipped(Instant now) {
        return in(EffectState.SKIPPED, now).tried(attempts, firstTriedAt, Optional.empty());
    }

    /** A person wants it tried again, with a fresh horizon. The last fault stays, since it tells whether the target may have done it. */
    public Effect reopened(Instant now) {
        return in(EffectState.DUE, now).tried(0, Optional.empty(), Optional.empty());
    }

    /** The call it belongs to turned out to be one with an older call. */
    Effect of(CallId older) {
        return new Effect(
                id,
                company,
                older,
                connection,
                kind,
                subject,
                seat,
                state,
                attempts,
                firstTriedAt,
                nextAttemptAt,
                externalId,
                url,
                fault,
                lastError,
                version,
                changedAt);
    }

    Effect stored(long id, long version) {
        return new Effect(
                id,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                state,
                attempts,
                firstTriedAt,
                nextAttemptAt,
                externalId,
                url,
                fault,
                lastError,
                version,
                changedAt);
    }

    private Effect in(EffectState state, Instant now) {
        return new Effect(
                id,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                state,
                attempts,
                firstTriedAt,
                nextAttemptAt,
                externalId,
                url,
                fault,
                lastError,
                version,
                now);
    }

    private Effect tried(int attempts, Optional<Instant> first, Optional<Instant> next) {
        return new Effect(
                id,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                state,
                attempts,
                first,
                next,
                externalId,
                url,
                fault,
                lastError,
                version,
                changedAt);
    }

    private Effect because(Optional<Fault> fault, String error) {
        return new Effect(
                id,
                company,
                call,
                connection,
                kind,
                subject,
                seat,
                state,
                attempts,
                firstTriedAt,
                nextAttemptAt,
                externalId,
                url,
                fault,
                error,
                version,
                changedAt);
    }
}
