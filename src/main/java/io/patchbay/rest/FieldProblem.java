package io.patchbay.rest;

import io.swagger.v3.oas.annotations.media.Schema;

/** What is wrong with one field of a request. */
@Schema(name = "FieldProblem")
record FieldProblem(
        @Schema(
                description = "Path of the field in the body, or the name of the parameter",
                example = "settings.portal")
        String field,

        @Schema(description = "What is wrong and what would be right", example = "is missing.")
        String message) {}
