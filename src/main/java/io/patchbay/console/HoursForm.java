package io.patchbay.console;

import io.patchbay.watch.Habits;
import io.patchbay.watch.WorkingHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the company works and which silence is told, as typed.
 *
 * @param days    names of the days of the week
 * @param opens   {@code 09:00}
 * @param closes  {@code 18:00}; {@code 00:00} is the end of the day
 * @param silence minutes of working time; 0: never
 */
record HoursForm(List<String> days, String opens, String closes, String silence) {

    private static final int LONGEST_SILENCE = 7 * 24 * 60; // minutes: Habits takes no longer one

    static HoursForm of(Habits habits) {
        return new HoursForm(
                habits.hours().days().stream().sorted().map(DayOfWeek::name).toList(),
                habits.hours().opens().toString(),
                habits.hours().closes().toString(),
                Long.toString(habits.silenceAfter().toMinutes()));
    }

    /** The key of each field's problem; empty when it can be saved. */
    Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        if (chosen().isEmpty()) {
            problems.put("days", "hours.problem.days");
        }
        if (time(opens).isEmpty()) {
            problems.put("opens", "hours.problem.time");
        }
        if (time(closes).isEmpty()) {
            problems.put("closes", "hours.problem.time");
        } else if (time(opens).isPresent()
                && !time(closes).get().equals(LocalTime.MIDNIGHT)
                && !time(closes).get().isAfter(time(opens).get())) {
            problems.put("closes", "hours.problem.order");
        }
        if (!silence.strip().matches("\\d{1,5}") || Integer.parseInt(silence.strip()) > LONGEST_SILENCE) {
            problems.put("silence", "hours.problem.silence");
        }
        return problems;
    }

    /** Only when there is no problem. */
    Habits habits() {
        return new Habits(
                new WorkingHours(
                        chosen(), time(opens).orElseThrow(), time(closes).orElseThrow()),
                Duration.ofMinutes(Long.parseLong(silence.strip())));
    }

    private Set<DayOfWeek> chosen() {
        var chosen = EnumSet.noneOf(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (days.contains(day.name())) {
                chosen.add(day);
            }
        }
        return chosen;
    }

    private static Optional<LocalTime> time(String typed) {
        try {
            return Optional.of(LocalTime.parse(typed.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
