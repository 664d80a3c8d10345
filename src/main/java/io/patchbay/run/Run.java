package io.patchbay.run;

import io.patchbay.company.CompanyId;
import java.time.Instant;
import java.util.Optional;

/**
 * A long piece of work.
 *
 * @param kind      the word of its {@link Work}
 * @param begunBy   who began it, as people call them
 * @param cancelled somebody wants it to stop, and it will after the piece in hand
 * @param progress  of the work; while it is previewed: of the preview
 * @param would     what the preview found; empty when there was none
 * @param bookmark  where to go on; only its work can read it
 * @param why       a word for why it failed, a {@code Fault}'s name where a connected system is the reason; else empty
 * @param report    for people; may be empty
 * @param endedAt   when it was over
 */
public record Run(
        long id,
        CompanyId company,
        String kind,
        Scope scope,
        String begunBy,
        RunState state,
        boolean cancelled,
        Progress progress,
        Tally would,
        String bookmark,
        String why,
        String report,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /** Whether a person may start it or go on with it. One that was stopped before it began has to be begun anew. */
    public boolean mayStart() {
        return state == RunState.PREVIEWED
                || (startedAt.isPresent() && (state == RunState.CANCELLED || state == RunState.FAILED));
    }

    public boolean mayBeCancelled() {
        return !state.isOver() && !cancelled;
    }
}
