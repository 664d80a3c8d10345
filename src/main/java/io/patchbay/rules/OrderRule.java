package io.patchbay.rules;

import java.util.Optional;

/** What a new order in a shop leads to. */
public enum OrderRule {
    /** It is remembered with its client, no more. */
    NOTHING,
    /** A task in each system that takes tasks, and a client in each that makes clients of such calls. */
    TASK,
    /** The client is called back at once; if he is not reached, a task stays. */
    CALL_BACK;

    /** As connectors' settings write it: {@code call-back}. */
    public static Optional<OrderRule> ofSetting(String word) {
        return switch (word) {
            case "task" -> Optional.of(TASK);
            case "call-back" -> Optional.of(CALL_BACK);
            case "nothing" -> Optional.of(NOTHING);
            default -> Optional.empty();
        };
    }
}
