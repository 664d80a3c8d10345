package io.patchbay.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One thing somebody may do. Which role has which stands in {@link Role}; what needs which, at each page and endpoint. */
public enum Right {
    /** Look after oneself: password, second factor. Every person has it. */
    OWN_ACCOUNT,
    /** See calls in which one was rung or spoke oneself. */
    SEE_OWN_CALLS,
    /** See the calls of the whole company. */
    SEE_ALL_CALLS,
    /** Hear what was said. */
    LISTEN,
    /** See numbers about the work of others. */
    SEE_STATISTICS,
    /** Have calls looked at again and history imported; see, start and stop long pieces of work. */
    REPLAY,
    SEE_CONNECTIONS,
    CHANGE_CONNECTIONS,
    SEE_EMPLOYEES,
    CHANGE_EMPLOYEES,
    /** Names, numbers and orders of clients. */
    SEE_CLIENTS,
    CHANGE_CLIENTS,
    MANAGE_TOKENS,
    MANAGE_USERS,
    /** Hand over and erase what is held of a person. */
    PERSONAL_DATA,
    READ_AUDIT;

    /** How it is written as a scope of an API token, for example {@code see-own-calls}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Right> of(String word) {
        return Arrays.stream(values())
                .filter(right -> right.word().equals(word))
                .findFirst();
    }
}
