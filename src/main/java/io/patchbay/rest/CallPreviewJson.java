package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.effect.Preview;
import io.patchbay.effect.RulesJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a call would cause, connection by connection. */
@Schema(name = "CallPreview")
record CallPreviewJson(List<OfConnection> connections) {

    /** What somebody wants to know. */
    @Schema(name = "CallPreviewRequest")
    record Asked(
            @Schema(description = "With rules: the connection they are tried for", nullable = true, example = "2")
            @Nullable
            Long connection,

            @Schema(description = "Take the place of the saved rules, for this answer only", nullable = true) @Nullable
            RuleSetJson rules,

            @Schema(
                    description = "Plan as if nothing had been done for the call yet; one that is over is planned as at"
                            + " the time when it was",
                    defaultValue = "false",
                    nullable = true)
            @Nullable
            Boolean afresh) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "CallPreviewOfConnection")
    record OfConnection(
            @Schema(example = "2") long connection,

            @Schema(description = "While it is switched off, nothing of this is done")
            boolean enabled,

            @Schema(
                    description =
                            "Whether the hub remembers who the client is there; the connected system is not asked")
            boolean clientKnown,

            @Schema(
                    description = "By which it is planned: those that are tried, else those that were set",
                    implementation = RuleSetJson.class)
            JsonNode rules,

            List<Step> steps,

            @Schema(description = "When there may be more to do although nothing new is heard", nullable = true)
            @Nullable
            OffsetDateTime lookAgainAt) {

        static OfConnection of(Preview.OfConnection plan, ZoneId zone) {
            return new OfConnection(
                    plan.connection(),
                    plan.enabled(),
                    plan.clientKnown(),
                    RulesJson.write(plan.rules()),
                    plan.steps().stream().map(Step::of).toList(),
                    plan.lookAgain()
                            .map(at -> at.atZone(zone).toOffsetDateTime())
                            .orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "PlannedStep")
    record Step(
            @Schema(example = "create-task") String operation,

            @Schema(description = "Whom it concerns, by their ids in the connected system", example = "[\"21\"]")
            List<String> employees,

            @Schema(description = "With create-client: what the number becomes, if a rule says so", nullable = true)
            @Nullable
            String newClient,

            @Schema(description = "Of a task", nullable = true) @Nullable
            String title,

            @Schema(description = "Of a task", nullable = true) @Nullable
            String text,

            @Schema(description = "Of a task", nullable = true) @Nullable
            String deadline) {

        static Step of(Preview.Planned planned) {
            var input = planned.input();
            var who = input.has("employees") ? input.path("employees") : input.path("employee");
            var ids = who.isArray() ? who.valueStream() : Optional.of(who).stream();
            return new Step(
                    planned.kind().operation().word(),
                    ids.map(one -> one.path("id").asString(""))
                            .filter(id -> !id.isEmpty())
                            .toList(),
                    text(input, "kind"),
                    text(input, "title"),
                    text(input, "text"),
                    text(input, "deadline"));
        }

        private static @Nullable String text(JsonNode input, String member) {
            return input.hasNonNull(member) ? input.get(member).asString() : null;
        }
    }
}
