package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.run.Run;
import io.patchbay.run.RunState;
import io.patchbay.run.Tally;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A long piece of work. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Run")
record RunJson(
        @Schema(example = "7") long id,
        @Schema(example = "replay") String kind,

        @Schema(description = "The only connection it concerns", nullable = true, example = "2") @Nullable
        Long connection,

        @Schema(description = "The only call it concerns", nullable = true, example = "c-81") @Nullable
        String call,

        @Schema(nullable = true) @Nullable OffsetDateTime from,
        @Schema(nullable = true) @Nullable OffsetDateTime to,

        @Schema(description = "Who began it", example = "Anna")
        String begunBy,

        RunState state,

        @Schema(description = "It will stop after the piece in hand")
        boolean stopping,

        @Schema(description = "Of the work; while it is previewed, of the preview")
        long done,

        @Schema(description = "As far as it is known by now", nullable = true) @Nullable
        Long total,

        @Schema(description = "What came of those that are done")
        List<Count> counts,

        @Schema(description = "What the preview said it would do")
        List<Count> would,

        @Schema(description = "Why it failed, in a word", nullable = true, example = "SETUP") @Nullable
        String why,

        @Schema(description = "For people", nullable = true) @Nullable
        String report,

        OffsetDateTime createdAt,
        @Schema(nullable = true) @Nullable OffsetDateTime startedAt,
        @Schema(nullable = true) @Nullable OffsetDateTime endedAt) {

    /** How many had one outcome. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "RunCount")
    record Count(
            @Schema(example = "would") String outcome,

            @Schema(nullable = true, example = "2") @Nullable
            Long connection,

            @Schema(description = "What it was, or why", nullable = true, example = "close-call") @Nullable
            String of,

            @Schema(example = "12") long count) {

        static List<Count> of(Tally tally) {
            return tally.lines().stream()
                    .map(line -> new Count(
                            line.outcome().word(),
                            line.outcome().connection().orElse(null),
                            line.outcome().of().isEmpty()
                                    ? null
                                    : line.outcome().of(),
                            line.count()))
                    .toList();
        }
    }

    static RunJson of(Run run, ZoneId zone) {
        return new RunJson(
                run.id(),
                run.kind(),
                run.scope().connection().orElse(null),
                run.scope().about().hasNonNull("call")
                        ? run.scope().about().get("call").asString()
                        : null,
                time(run.scope().from(), zone),
                time(run.scope().to(), zone),
                run.begunBy(),
                run.state(),
                run.cancelled() && !run.state().isOver(),
                run.progress().done(),
                run.progress().total().orElse(null),
                Count.of(run.progress().tally()),
                Count.of(run.would()),
                run.why().isEmpty() ? null : run.why(),
                run.report().isEmpty() ? null : run.report(),
                run.createdAt().atZone(zone).toOffsetDateTime(),
                time(run.startedAt(), zone),
                time(run.endedAt(), zone));
    }

    private static @Nullable OffsetDateTime time(Optional<Instant> at, ZoneId zone) {
        return at.map(instant -> instant.atZone(zone).toOffsetDateTime()).orElse(null);
    }
}
