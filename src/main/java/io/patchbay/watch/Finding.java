package io.patchbay.watch;

import io.patchbay.connector.Fault;
import io.patchbay.intake.HookAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How bad one concern is. Pure.
 *
 * @param percent 0: all is well; 100: as bad as it gets
 * @param since   from when it counts
 * @param detail  in the system's own words; may be empty
 */
record Finding(int percent, Instant since, String detail) {

    /** An answer that does not come may come by itself: not as bad as what a person must cure. */
    private static final int UNREACHABLE = 70;

    private static final int WORST = 100;

    /** Who was refused and does not come again for so long was not the connected system, or it is mended. */
    private static final Duration REFUSAL_COUNTS = Duration.ofDays(1);

    /** Of every concern; what does not hold has 0 percent. */
    static Map<Concern, Finding> all(Standing standing, Duration silenceAfter, WatchProperties limits, Instant now) {
        var found = new EnumMap<Concern, Finding>(Concern.class);
        for (var concern : Concern.values()) {
            found.put(
                    concern,
                    standing.connection().enabled() || concern == Concern.OFF
                            ? of(concern, standing, silenceAfter, limits, now)
                            : new Finding(0, now, ""));
        }
        return found;
    }

    private static Finding of(
            Concern concern, Standing standing, Duration silenceAfter, WatchProperties limits, Instant now) {
        var health = standing.health();
        return switch (concern) {
            case FAULT ->
                new Finding(
                        health.fault().map(Finding::badness).orElse(0),
                        health.faultSince().orElse(now),
                        health.sentence());
            case DEAF ->
                health.deafness()
                        .map(deaf -> new Finding(WORST, deaf.since(), deaf.why()))
                        .orElse(new Finding(0, now, ""));
            case SILENCE -> {
                var silent = silenceAfter.isPositive()
                        && standing.silent()
                                .filter(time -> time.compareTo(silenceAfter) >= 0)
                                .isPresent();
                yield new Finding(
                        silent ? WORST : 0,
                        standing.lastHeard().orElse(standing.connection().createdAt()),
                        "");
            }
            case BACKLOG -> new Finding(share(standing.backlog(), limits.backlogFull()), now, "");
            case HELD_HOOKS -> new Finding(share(standing.held(), limits.heldFull()), now, "");
            case LIMIT -> new Finding(standing.limitPercent().orElse(0), now, "");
            case TOKEN ->
                new Finding(
                        standing.renewed()
                                ? 0
                                : standing.tokenEnds()
                                        .map(end -> nearness(Duration.between(now, end)))
                                        .orElse(0),
                        now,
                        "");
            case FAILURES ->
                new Finding(
                        standing.tried() < limits.failuresFrom() ? 0 : share(standing.failed(), standing.tried()),
                        now,
                        "");
            case OLD_ADDRESS ->
                standing.address()
                        .stillUsed()
                        .flatMap(former -> oldAddress(former, standing.subscribes(), now))
                        .orElse(new Finding(0, now, ""));
            case REFUSED_HOOKS ->
                standing.address()
                        .refusals()
                        .filter(refusals -> now.isBefore(refusals.last().plus(REFUSAL_COUNTS)))
                        .map(refusals -> new Finding(WORST, refusals.since(), refusals.from()))
                        .orElse(new Finding(0, now, ""));
            case OFF ->
                new Finding(
                        standing.connection().enabled() ? 0 : WORST,
                        standing.connection().changedAt(),
                        "");
        };
    }

    /**
     * As bad as the part of its time that is over. A system that was told the new address is not suspected for what it sent before.
     *
     * @param told the hub told the system the new address
     */
    private static Optional<Finding> oldAddress(HookAddress.Former former, boolean told, Instant now) {
        return former.begins()
                .filter(begins ->
                        !told || former.lastUsed().filter(begins::isBefore).isPresent())
                .map(begins ->
                        new Finding(share(Duration.between(begins, now), former.overlap()), former.superseded(), ""));
    }

    private static int share(Duration part, Duration whole) {
        return part.compareTo(whole) >= 0 ? WORST : (int) (part.toMillis() * WORST / whole.toMillis());
    }

    /** Of the end of a login that a person must renew: a week is time enough, a day is not. */
    private static int nearness(Duration left) {
        if (!left.isPositive()) {
            return WORST;
        }
        return switch ((int) Math.min(left.toDays(), 7)) {
            case 0 -> 90;
            case 1, 2 -> 70;
            case 3, 4, 5, 6 -> 50;
            default -> 0;
        };
    }

    private static int badness(Fault fault) {
        return switch (fault) {
            case SETUP -> WORST;
            case UNREACHABLE -> UNREACHABLE;
            case BUSY, REFUSED, NOT_SUPPORTED, OURS -> 0; // passes by itself, or waits for a person as a parked effect
        };
    }

    private static int share(int part, int whole) {
        return (int) Math.min(WORST, part * 100L / whole);
    }
}
