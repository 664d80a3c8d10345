package io.patchbay.watch;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * When somebody works in a company. Pure.
 *
 * @param days   not empty
 * @param closes later than {@code opens}; midnight is the end of the day
 */
public record WorkingHours(Set<DayOfWeek> days, LocalTime opens, LocalTime closes) {

    /** What a company that said nothing is taken to have: Monday to Friday, 09:00 to 18:00. */
    public static final WorkingHours USUAL = new WorkingHours(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 0), LocalTime.of(18, 0));

    /** A longer silence is counted as this one: it is told long before. */
    private static final Duration FARTHEST = Duration.ofDays(31);

    public WorkingHours {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("Working hours need a day of the week.");
        }
        if (!closes.equals(LocalTime.MIDNIGHT) && !closes.isAfter(opens)) {
            throw new IllegalArgumentException("Working hours must end after they begin.");
        }
    }

    /** How much of the time between two instants was working time. */
    Duration between(Instant from, Instant to, ZoneId zone) {
        var start = from.isBefore(to.minus(FARTHEST)) ? to.minus(FARTHEST) : from;
        var worked = Duration.ZERO;
        var last = LocalDate.ofInstant(to, zone);
        for (var day = LocalDate.ofInstant(start, zone); !day.isAfter(last); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                var begins = later(start, day.atTime(opens).atZone(zone).toInstant());
                var ends = earlier(to, end(day, zone).toInstant());
                worked = begins.isBefore(ends) ? worked.plus(Duration.between(begins, ends)) : worked;
            }
        }
        return worked;
    }

    private ZonedDateTime end(LocalDate day, ZoneId zone) {
        return closes.equals(LocalTime.MIDNIGHT)
                ? day.plusDays(1).atStartOfDay(zone)
                : day.atTime(closes).atZone(zone);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
