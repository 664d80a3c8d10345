package io.patchbay.effect;

import io.patchbay.connector.Operation;

/** The things that can become true in a connected system because of a call. */
public enum EffectKind {
    CREATE_CLIENT(Operation.CREATE_CLIENT),
    /** The entry of a call that still goes on; its employee sees a card. */
    OPEN_CALL(Operation.OPEN_CALL),
    SHOW_CARD(Operation.SHOW_CARD),
    HIDE_CARD(Operation.HIDE_CARD),
    CLOSE_CALL(Operation.CLOSE_CALL),
    /** The whole entry at once, after the call. */
    LOG_CALL(Operation.LOG_CALL),
    ATTACH_RECORDING(Operation.ATTACH_RECORDING),
    CREATE_TASK(Operation.CREATE_TASK);

    private final Operation operation;

    EffectKind(Operation operation) {
        this.operation = operation;
    }

    public Operation operation() {
        return operation;
    }

    /** A person reads there who calls. */
    boolean tellsOfClient() {
        return switch (this) {
            case OPEN_CALL, SHOW_CARD, LOG_CALL, CREATE_TASK, CREATE_CLIENT -> true;
            case HIDE_CARD, CLOSE_CALL, ATTACH_RECORDING -> false;
        };
    }

    /** A card is worth something only while the phone rings; doing it twice harms nobody. */
    public boolean isCard() {
        return this == SHOW_CARD || this == HIDE_CARD;
    }
}
