package io.patchbay.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One concern of one connection that holds, or did until just now. Decides when people are told: once at the beginning, once at each step upwards, once a day,
 * and once at the end. What comes and goes within {@code settle} is not told at all. Pure: the caller brings the time.
 *
 * @param level     the step it is on: 50, 70, 90 or 100 percent
 * @param toldAt    empty while it is too young to be told
 * @param goneSince from when it does not hold any more; empty while it does
 */
record Alarm(int level, Instant since, Optional<Instant> toldAt, Optional<Instant> goneSince) {

    private static final List<Integer> STEPS = List.of(100, 90, 70, 50);

    /** So far it must fall below a step to leave it: a value that swings around a step is told once. Percent. */
    private static final int SLACK = 10;

    private static final Duration REMIND = Duration.ofDays(1);

    /**
     * What becomes of an alarm.
     *
     * @param after empty: it is forgotten
     * @param turn  what is to be told, if anything
     */
    record Next(Optional<Alarm> after, Optional<Turn> turn) {

        private static Next quiet(Alarm after) {
            return new Next(Optional.of(after), Optional.empty());
        }

        private static Next told(Alarm after, Turn turn, Instant now) {
            return new Next(
                    Optional.of(new Alarm(after.level, after.since, Optional.of(now), Optional.empty())),
                    Optional.of(turn));
        }
    }

    static Next next(Optional<Alarm> before, Finding finding, Duration settle, Instant now) {
        var level = level(finding.percent(), before.map(Alarm::level).orElse(0));
        if (before.isEmpty()) {
            return level == 0
                    ? new Next(Optional.empty(), Optional.empty())
                    : new Alarm(level, finding.since(), Optional.empty(), Optional.empty()).young(settle, now);
        }
        var alarm = before.get();
        return level == 0 ? alarm.gone(settle, now) : alarm.holds(level, settle, now);
    }

    private Next young(Duration settle, Instant now) {
        return now.isBefore(since.plus(settle)) ? Next.quiet(this) : Next.told(this, Turn.BEGAN, now);
    }

    private Next gone(Duration settle, Instant now) {
        if (toldAt.isEmpty()) {
            return new Next(Optional.empty(), Optional.empty());
        }
        var from = goneSince.orElse(now);
        return now.isBefore(from.plus(settle))
                ? Next.quiet(new Alarm(level, since, toldAt, Optional.of(from)))
                : new Next(Optional.empty(), Optional.of(Turn.OVER));
    }

    private Next holds(int reached, Duration settle, Instant now) {
        var same = new Alarm(reached, since, toldAt, Optional.empty());
        if (toldAt.isEmpty()) {
            return same.young(settle, now);
        }
        if (reached > level) {
            return Next.told(same, Turn.WORSE, now);
        }
        return now.isBefore(toldAt.get().plus(REMIND)) ? Next.quiet(same) : Next.told(same, Turn.STILL, now);
    }

    /** The step of a value, given the step it was on. */
    private static int level(int percent, int was) {
        return Math.max(step(percent), Math.min(was, step(percent + SLACK)));
    }

    private static int step(int percent) {
        return STEPS.stream().filter(step -> percent >= step).findFirst().orElse(0);
    }
}
