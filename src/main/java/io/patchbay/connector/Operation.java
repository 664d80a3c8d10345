package io.patchbay.connector;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a connector may be able to do. Input and output of each are described in docs/architecture.md, "Operations". */
public enum Operation {
    CHECK,
    LIST_EMPLOYEES,
    DECODE_HOOK,

    SUBSCRIBE,
    UNSUBSCRIBE,
    LIST_CHANGES,
    LIST_CALLS,
    FETCH_RECORDING,
    ORIGINATE,

    FIND_CLIENT,
    CREATE_CLIENT,
    LIST_ORDERS,
    LIST_CLIENTS,
    LIST_FIELDS,
    SHOW_CARD,
    HIDE_CARD,
    OPEN_CALL,
    CLOSE_CALL,
    LOG_CALL,
    FIND_LOGGED_CALL,
    ATTACH_RECORDING,
    CREATE_TASK;

    /** The word used in manifests, routes and logs, e.g. {@code open-call}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Operation> ofWord(String word) {
        return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
    }
}
