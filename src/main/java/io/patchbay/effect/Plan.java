package io.patchbay.effect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is due for a call in a connection, and when to look again although nothing new was heard.
 *
 * @param due       what may run now, in this order; what depends on one of them becomes due after it
 * @param obsolete  stored effects that are no longer wanted
 * @param lookAgain empty when only news can change the plan
 */
public record Plan(List<Step> due, List<Effect> obsolete, Optional<Instant> lookAgain) {

    public static Plan of(Situation situation) {
        return new Planner(situation).plan();
    }

    /** Whether something due tells the target who the client is. */
    boolean needsClient() {
        return due.stream().anyMatch(step -> switch (step.kind()) {
            case CREATE_CLIENT, OPEN_CALL, SHOW_CARD, CLOSE_CALL, LOG_CALL, CREATE_TASK -> true;
            case HIDE_CARD, ATTACH_RECORDING -> false;
        });
    }
}
