package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.watch.HabitBook;
import io.patchbay.watch.Habits;
import io.patchbay.watch.WorkingHours;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When the company works, and when the silence of its PBX is told. */
@RestController
@RequestMapping(path = "/api/v1/watch", produces = "application/json")
@Tag(name = "Connections")
class WatchApi {

    private static final int LONGEST_SILENCE = 7 * 24 * 60; // minutes

    private final HabitBook habits;

    WatchApi(HabitBook habits) {
        this.habits = habits;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Watch")
    record WatchJson(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "[\"MONDAY\", \"TUESDAY\"]") @Nullable
            List<String> days,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "09:00") @Nullable
            String opens,

            @Schema(
                    description = "00:00 is the end of the day",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "18:00")
            @Nullable
            String closes,

            @Schema(
                    description = "Working time without a word of a PBX after which it is told; 0: never",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "15")
            @Nullable
            Integer silenceMinutes) {}

    @GetMapping
    @Needs(Right.SEE_CONNECTIONS)
    @Operation(
            summary = "Read when the company works",
            description =
                    "In the company's time zone. What was never set is Monday to Friday, 09:00 to 18:00, 15 minutes.")
    WatchJson read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        return json(habits.of(caller.company()));
    }

    @PutMapping
    @Needs(Right.CHANGE_CONNECTIONS)
    @Operation(summary = "Set when the company works, and which silence is told")
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    WatchJson set(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody WatchJson asked) {
        var problems = new ArrayList<FieldProblem>();
        var days = days(Optional.ofNullable(asked.days()).orElse(List.of()), problems);
        var opens = time("opens", Optional.ofNullable(asked.opens()).orElse(""), problems);
        var closes = time("closes", Optional.ofNullable(asked.closes()).orElse(""), problems);
        if (opens.isPresent()
                && closes.isPresent()
                && !closes.get().equals(LocalTime.MIDNIGHT)
                && !closes.get().isAfter(opens.get())) {
            problems.add(new FieldProblem("closes", "must be later than opens."));
        }
        var silence = Optional.ofNullable(asked.silenceMinutes()).orElse(-1);
        if (silence < 0 || silence > LONGEST_SILENCE) {
            problems.add(new FieldProblem("silenceMinutes", "must be from 0 to " + LONGEST_SILENCE + "."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        var wanted = new Habits(
                new WorkingHours(days, opens.orElseThrow(), closes.orElseThrow()), Duration.ofMinutes(silence));
        habits.set(caller.company(), wanted);
        return json(wanted);
    }

    private static Set<DayOfWeek> days(List<String> given, List<FieldProblem> problems) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (given.contains(day.name())) {
                days.add(day);
            }
        }
        if (days.isEmpty() || days.size() != given.size()) {
            problems.add(new FieldProblem("days", "must name days of the week, each once: MONDAY, TUESDAY ..."));
        }
        return days;
    }

    private static Optional<LocalTime> time(String field, String given, List<FieldProblem> problems) {
        try {
            return Optional.of(LocalTime.parse(given));
        } catch (DateTimeParseException e) {
            problems.add(new FieldProblem(field, "must be a time of the day, for example 09:00"));
            return Optional.empty();
        }
    }

    private static WatchJson json(Habits habits) {
        return new WatchJson(
                habits.hours().days().stream().sorted().map(DayOfWeek::name).toList(),
                habits.hours().opens().toString(),
                habits.hours().closes().toString(),
                (int) habits.silenceAfter().toMinutes());
    }
}
