package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A call as a list shows it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Call")
record CallJson(
        @Schema(example = "c-81") String id,

        @Schema(description = "The PBX connection the call came from", example = "1")
        long connection,

        Direction direction,

        @Schema(
                description = "The other side: E.164 for a public number, digits of an extension, what the PBX wrote"
                        + " when it is no number; null when hidden",
                nullable = true,
                example = "+79000001234")
        @Nullable
        String clientNumber,

        NumberKind clientNumberKind,

        @Schema(description = "The company's number that was used", nullable = true, example = "+79000000100") @Nullable
        String line,

        OffsetDateTime startedAt,

        @Schema(description = "When a client and an employee began to speak", nullable = true) @Nullable
        OffsetDateTime answeredAt,

        @Schema(description = "The end of the last leg; null while one is open", nullable = true) @Nullable
        OffsetDateTime endedAt,

        @Schema(description = "The PBX never told the end: a safety timer closed the call")
        boolean endUnknown,

        @Schema(example = "65") long talkSeconds,

        @Schema(description = "From the start to the answer, or to the end when nobody answered", example = "12")
        long waitSeconds,

        CallResult result,

        @Schema(description = "Who spoke last; when nobody spoke, who was rung first", nullable = true) @Nullable
        EmployeeRef responsible,

        @Schema(description = "The call's page in the console", example = "https://hub.example.org/calls/c-81")
        String url) {}
