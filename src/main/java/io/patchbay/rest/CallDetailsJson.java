package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.patchbay.call.EndCause;
import io.patchbay.call.EndedBy;
import io.patchbay.call.SeatRole;
import io.patchbay.recording.Recording;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call with everything known of it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "CallDetails")
record CallDetailsJson(
        @JsonUnwrapped CallJson call,

        @Schema(description = "Neither the PBX nor an order of ours told the direction")
        boolean directionGuessed,

        @Schema(description = "Began as a click-to-call") boolean ordered,

        @Schema(description = "Why an ordered call was never made, in the company's language", nullable = true)
        @Nullable
        String failure,

        @Schema(description = "What the PBX calls this call")
        List<String> keys,

        List<LegJson> legs,
        List<RecordingJson> recordings,
        List<EffectJson> effects) {

    /** One party's part of a call. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Leg")
    record LegJson(
            String leg,
            EmployeeRef employee,
            SeatRole role,
            OffsetDateTime startedAt,
            @Schema(nullable = true) @Nullable OffsetDateTime answeredAt,
            @Schema(nullable = true) @Nullable OffsetDateTime endedAt,
            long talkSeconds,
            long heldSeconds,
            @Schema(nullable = true) @Nullable EndCause cause,
            @Schema(nullable = true) @Nullable EndedBy endedBy,

            @Schema(description = "Where this employee handed the call to", nullable = true) @Nullable
            String transferredTo) {}

    /** One employee's recording of a call. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Recording")
    record RecordingJson(
            EmployeeRef employee,

            @Schema(
                    description =
                            "WANTED: asked for at the PBX. ABSENT: the PBX never had it. FAILED: the hub could not"
                                    + " get or store it; lastError says why")
            Recording.State state,

            long seconds,
            @Schema(description = "0 until it is stored") long sizeBytes,

            @Schema(
                    description =
                            "Signed link that opens this recording and nothing else for a limited time; null until it"
                                    + " is stored",
                    nullable = true)
            @Nullable
            String url,

            @Schema(description = "How often the PBX was asked so far")
            int attempts,

            @Schema(description = "Why it is not there yet or never will be", nullable = true) @Nullable
            String lastError,

            @Schema(description = "When the PBX is asked again; null when it is not", nullable = true) @Nullable
            OffsetDateTime nextAttemptAt) {}
}
