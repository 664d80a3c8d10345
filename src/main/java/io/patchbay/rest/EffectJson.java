package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.connector.Fault;
import io.patchbay.effect.Effect;
import io.patchbay.effect.EffectState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One thing that must become true in a connected system because of a call. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Effect")
record EffectJson(
        @Schema(example = "c-81") String call,

        @Schema(description = "The connection it is due in", example = "2")
        long connection,

        @Schema(
                description = "What is due",
                allowableValues = {
                    "create-client",
                    "open-call",
                    "show-card",
                    "hide-card",
                    "close-call",
                    "log-call",
                    "attach-recording",
                    "create-task"
                },
                example = "log-call")
        String kind,

        EffectState state,

        @Schema(description = "What the connected system calls it", nullable = true, example = "2749") @Nullable
        String externalId,

        @Schema(description = "Where a person sees it in the connected system", nullable = true) @Nullable
        String url,

        @Schema(description = "Since it was planned or replayed", example = "1")
        int attempts,

        @Schema(nullable = true) @Nullable Fault fault,

        @Schema(description = "The connected system's own words at the last failure", nullable = true) @Nullable
        String lastError,

        @Schema(nullable = true) @Nullable OffsetDateTime nextAttemptAt,
        OffsetDateTime changedAt) {

    static EffectJson of(Effect effect, ZoneId zone) {
        return new EffectJson(
                effect.call().toString(),
                effect.connection(),
                effect.kind().operation().word(),
                effect.state(),
                effect.externalId().orElse(null),
                effect.url().orElse(null),
                effect.attempts(),
                effect.fault().orElse(null),
                effect.lastError().isEmpty() ? null : effect.lastError(),
                effect.nextAttemptAt()
                        .map(at -> at.atZone(zone).toOffsetDateTime())
                        .orElse(null),
                effect.changedAt().atZone(zone).toOffsetDateTime());
    }
}
