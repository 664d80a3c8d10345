package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Page<T>(
        List<T> items,

        @Schema(
                description = "Send it back as cursor to get the following page; null on the last one",
                nullable = true,
                example = "1718000618960-81")
        @Nullable
        String next) {

    /** A list that is never longer than one page. */
    static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
