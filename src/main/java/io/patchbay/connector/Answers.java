package io.patchbay.connector;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/**
 * How this target says what went wrong.
 *
 * @param errorText   where its words stand in a body; the first that is there counts
 * @param errorCode   where its code stands in a body; the first that is there counts
 * @param retryHeader header with the seconds (or the date) to wait
 * @param retryBody   where a body tells the seconds to wait
 */
public record Answers(
        List<JsonPointer> errorText,
        List<JsonPointer> errorCode,
        String retryHeader,
        Optional<JsonPointer> retryBody,
        List<Verdict> verdicts) {}
