package io.patchbay.watch;

/** What may be the matter with a connection. */
public enum Concern {
    /** Exchanges fail: a login, rights, no answer. */
    FAULT,
    /** Its subscription ran out or was refused: it answers and tells nothing. */
    DEAF,
    /** Nothing was heard of a PBX during working hours. */
    SILENCE,
    /** Calls wait to be written there. */
    BACKLOG,
    /** Its hooks come faster than they are read, and wait. */
    HELD_HOOKS,
    /** The target's rate limit is used up. */
    LIMIT,
    /** A login that the hub cannot renew by itself comes to its end. */
    TOKEN,
    /** Attempts at effects fail. */
    FAILURES,
    /** The system still sends to an old hook address whose end comes, or came. */
    OLD_ADDRESS,
    /** Hooks are refused because of where they come from: what they tell is lost. */
    REFUSED_HOOKS,
    /** It is switched off, so its work waits. */
    OFF
}
