package io.patchbay.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants and durations as a company's people read them: in its zone, in the language of the page. */
final class WallClock {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter TIME_WITH_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ZoneId zone;
    private final Texts texts;
    private final LocalDate today;

    WallClock(ZoneId zone, Texts texts, Instant now) {
        this.zone = zone;
        this.texts = texts;
        this.today = LocalDate.ofInstant(now, zone);
    }

    /** {@code 14:05} */
    String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** {@code 14:05:33} */
    String timeWithSeconds(Instant at) {
        return TIME_WITH_SECONDS.format(at.atZone(zone));
    }

    /** {@code today}, {@code yesterday}, {@code 3 Nov} or {@code 3 Nov 2025} */
    String day(Instant at) {
        var day = LocalDate.ofInstant(at, zone);
        if (day.equals(today)) {
            return texts.of("time.today");
        }
        if (day.equals(today.minusDays(1))) {
            return texts.of("time.yesterday");
        }
        Locale locale = texts.locale();
        return DateTimeFormatter.ofPattern(day.getYear() == today.getYear() ? "d MMM" : "d MMM yyyy", locale)
                .format(day);
    }

    /** {@code 14:05}, with the day before it unless it is today */
    String moment(Instant at) {
        return LocalDate.ofInstant(at, zone).equals(today) ? time(at) : day(at) + ", " + time(at);
    }

    /** For programs that read the page: ISO 8601 with the zone's offset. */
    String iso(Instant at) {
        return at.atZone(zone).toOffsetDateTime().toString();
    }

    /** {@code 1:05}, {@code 1:02:03} */
    static String length(Duration length) {
        return length.toHours() > 0
                ? "%d:%02d:%02d".formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart())
                : "%d:%02d".formatted(length.toMinutes(), length.toSecondsPart());
    }
}
