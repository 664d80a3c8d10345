package io.patchbay.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an error looks, for the OpenAPI document: RFC 9457. */
@Schema(name = "Problem", description = "Problem details by RFC 9457")
record ProblemJson(
        @Schema(example = "Invalid request") @Nullable String title,
        @Schema(example = "400") int status,

        @Schema(example = "The request has mistakes. Correct the fields under errors and send it again.") @Nullable
        String detail,

        @Schema(example = "/api/v1/connections") @Nullable String instance,

        @Schema(description = "Only when fields are wrong: all of them") @Nullable
        List<FieldProblem> errors) {}
