package io.patchbay.audit;

import java.util.Locale;

/**
 * Who did something.
 *
 * @param id      of the user or token; 0 where there is none
 * @param name    as it was then: the user's name, the token's title, the account of the operating system; empty for none
 * @param address from where, as the hub saw it; empty where nothing came over the network
 */
public record Actor(Kind kind, long id, String name, String address) {

    public static final Actor HUB = new Actor(Kind.HUB, 0, "", "");

    /** What somebody is to the hub. */
    public enum Kind {
        /** A person who is signed in. */
        USER,
        /** A program with an API token. */
        TOKEN,
        /** Whoever can run commands beside the hub. */
        COMMAND_LINE,
        /** The hub by itself. */
        HUB,
        /** A connected system, or whoever it showed its link to. */
        SYSTEM,
        /** Somebody who is not signed in. */
        STRANGER
    }

    public static Actor commandLine() {
        return new Actor(Kind.COMMAND_LINE, 0, System.getProperty("user.name", ""), "");
    }

    public Actor from(String seenAddress) {
        return new Actor(kind, id, name, seenAddress);
    }

    /** How it is asked for: {@code user-7}, {@code hub}. */
    public String word() {
        var kindWord = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return id == 0 ? kindWord : kindWord + "-" + id;
    }
}
