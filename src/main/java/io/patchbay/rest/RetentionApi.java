package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.company.Companies;
import io.patchbay.retention.Kept;
import io.patchbay.retention.Retention;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long the company keeps what, and what was removed. */
@RestController
@RequestMapping(path = "/api/v1/retention", produces = "application/json")
@Tag(name = "Retention", description = "How long what is kept")
class RetentionApi {

    private final Retention retention;
    private final Companies companies;

    RetentionApi(Retention retention, Companies companies) {
        this.retention = retention;
        this.companies = companies;
    }

    @Schema(name = "Retention")
    record RetentionJson(
            @Schema(
                    description = "Days of each kind; 0: until somebody removes it",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "{\"raw-hooks\": 30, \"recordings\": 365}")
            @Nullable
            Map<String, @Nullable Integer> days) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "RetentionRun")
    record RunJson(
            @Schema(example = "recordings") String kind,
            OffsetDateTime started,
            OffsetDateTime ended,

            @Schema(description = "What was older was removed")
            OffsetDateTime before,

            @Schema(description = "How many") long removed,

            @Schema(description = "Why it did not come to its end", nullable = true) @Nullable
            String error) {}

    @GetMapping
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "Read how long what is kept")
    RetentionJson read(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        return json(retention.of(caller.company()));
    }

    @PutMapping
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "Set how long what is kept", description = "A kind that is missing stays as it is.")
    @ApiResponse(responseCode = "400", description = "Something is wrong: all of it under errors")
    RetentionJson set(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller, @RequestBody RetentionJson asked) {
        var read = new Parameters();
        var days = new EnumMap<Kept, Integer>(Kept.class);
        Optional.ofNullable(asked.days()).orElse(Map.of()).forEach((word, number) -> {
            var kind = Kept.of(word);
            if (kind.isEmpty()) {
                read.problem("days." + word, "is no kind of data.");
            } else if (number == null || !kind.get().allows(number)) {
                read.problem("days." + word, "must be 0, or from " + kind.get().least() + " to 36500.");
            } else {
                days.put(kind.get(), number);
            }
        });
        read.check();
        retention.set(caller.company(), days);
        return json(retention.of(caller.company()));
    }

    @GetMapping("/runs")
    @Needs(Right.PERSONAL_DATA)
    @Operation(summary = "List what was removed, the newest first")
    Page<RunJson> runs(@AuthenticationPrincipal @Parameter(hidden = true) Caller caller) {
        var zone = companies.get(caller.company()).zone();
        return Page.whole(retention.runs(caller.company()).stream()
                .map(run -> json(run, zone))
                .toList());
    }

    private static RetentionJson json(Map<Kept, Integer> days) {
        var words = new TreeMap<String, @Nullable Integer>();
        days.forEach((kind, number) -> words.put(kind.word(), number));
        return new RetentionJson(words);
    }

    private static RunJson json(Retention.Run run, ZoneId zone) {
        return new RunJson(
                run.kind().word(),
                run.started().atZone(zone).toOffsetDateTime(),
                run.ended().atZone(zone).toOffsetDateTime(),
                run.before().atZone(zone).toOffsetDateTime(),
                run.removed(),
                run.error().orElse(null));
    }
}
