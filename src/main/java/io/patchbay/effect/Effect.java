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
 * @param id       0 while it is not stored
 * @param subject  what it is about: a seat for cards, a recording's key; empty for what a call has once
 * @param seat     whose card it put up or took down; empty for other effects and for a card at the default employee
 * @param version  grows with every stored change; 0 while it is not stored
 */
public record Effect(
        long id,
        CompanyId company,
        CallId call,
        long connection,
        EffectKind kind,
        String subject,
        Optional<Seat> seat,
        Progress progress,
        long version) {

    public static Effect due(
            CompanyId company,
            CallId call,
            long connection,
            EffectKind kind,
            String subject,
            Optional<Seat> seat,
            Instant now) {
        return new Effect(0, company, call, connection, kind, subject, seat, Progress.none(now), 0);
    }

    public EffectState state() {
        return progress.state();
    }

    /** Since it was planned or replayed. */
    public int attempts() {
        return progress.attempts();
    }

    /** From here the horizon of retries counts; empty before the first try and after a set-up fault. */
    public Optional<Instant> firstTriedAt() {
        return progress.firstTriedAt();
    }

    /** Only when waiting. */
    public Optional<Instant> nextAttemptAt() {
        return progress.nextAttemptAt();
    }

    /** What the target calls it; only when done. */
    public Optional<String> externalId() {
        return progress.externalId();
    }

    /** Where a person sees it in the target. */
    public Optional<String> url() {
        return progress.url();
    }

    /** Of the last attempt; empty when it went well. */
    public Optional<Fault> fault() {
        return progress.fault();
    }

    /** The target's words, empty when there are none; of a done effect: what it complained about all the same. */
    public String lastError() {
        return progress.lastError();
    }

    public Instant changedAt() {
        return progress.changedAt();
    }

    /** Nothing will happen to it by itself any more. */
    public boolean isOver() {
        return state() == EffectState.DONE || state() == EffectState.PARKED || state() == EffectState.SKIPPED;
    }

    public boolean isDone() {
        return state() == EffectState.DONE;
    }

    /** The target may have done it although nobody said so: ask before doing it again. */
    public boolean mayBeDone() {
        return state() == EffectState.STARTED
                || (state() != EffectState.DONE
                        && fault().filter(f -> f == Fault.UNREACHABLE || f == Fault.OURS)
                                .isPresent());
    }

    /** The intent, to be stored before the operation. */
    public Effect started(Instant now) {
        return with(progress.started(now));
    }

    /** @param warning what the target complained about although it did the work, empty for nothing */
    public Effect done(Optional<String> externalId, Optional<String> url, String warning, Instant now) {
        return with(progress.done(externalId, url, warning, now));
    }

    public Effect done(Optional<String> externalId, Optional<String> url, Instant now) {
        return done(externalId, url, "", now);
    }

    /** Tried in vain; again at {@code next}, or parked when there is none. */
    public Effect failed(Fault fault, String error, Optional<Instant> next, Instant now) {
        return with(progress.failed(fault, error, next, now));
    }

    /** Not tried: somebody else does the same for another call right now. */
    public Effect postponed(Instant until, Instant now) {
        return with(progress.postponed(until, now));
    }

    public Effect skipped(Instant now) {
        return with(progress.skipped(now));
    }

    /** Tried in vain so far: a replay tries it at once. */
    boolean mayBeReopened() {
        return state() == EffectState.PARKED || state() == EffectState.WAITING;
    }

    /** A person wants it tried again, with a fresh horizon. */
    public Effect reopened(Instant now) {
        return with(progress.reopened(now));
    }

    /** The call it belongs to turned out to be one with an older call. */
    Effect of(CallId older) {
        return new Effect(id, company, older, connection, kind, subject, seat, progress, version);
    }

    Effect stored(long id, long version) {
        return new Effect(id, company, call, connection, kind, subject, seat, progress, version);
    }

    private Effect with(Progress progress) {
        return new Effect(id, company, call, connection, kind, subject, seat, progress, version);
    }
}
