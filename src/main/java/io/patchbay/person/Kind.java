package io.patchbay.person;

import java.util.Locale;

/** Kinds of data in which a person may stand. In the order in which a receipt tells them; a name is stored, so it is for ever. */
public enum Kind {
    /** Calls with the person. They stay without the person. */
    CALLS,
    /** Calls with others in which the number was told, e.g. as the goal of a transfer. */
    MENTIONS,
    RECORDINGS,
    /** Bodies of hooks as they came. */
    HOOKS,
    /** Hooks that wait to be read. They are read, and tell nobody. */
    WAITING_HOOKS,
    /** What was done or is to be done in connected systems. What was not done yet is not done any more. */
    EFFECTS,
    /** Texts of attempts at it. */
    ATTEMPTS,
    /** Cards in connected systems that the hub remembers, with the client directory. */
    CLIENTS,
    /** Orders in shops that the hub remembers. */
    SHOP_ORDERS,
    /** Orders by click-to-call. */
    ORDERS,
    /** Other texts, e.g. of alerts. */
    TEXTS,
    /** Settings. They are not changed: whoever wrote the number there takes it out. */
    SETTINGS,
    /** Hooks that could not be opened, because the key they were sealed with is gone. */
    UNREADABLE;

    /** How it is written in the API and in the keys of texts: {@code waiting-hooks}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
