package io.patchbay.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sections of a simulated amoCRM account. */
enum AmoKind {
    CONTACT("contacts"),
    COMPANY("companies"),
    LEAD("leads");

    private final String plural;

    AmoKind(String plural) {
        this.plural = plural;
    }

    /** The word of paths and of {@code entity_type} in tasks. */
    String plural() {
        return plural;
    }

    /** The word of {@code entity_type} in answers about calls and of hooks' settings. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AmoKind> ofPlural(String plural) {
        return Arrays.stream(values()).filter(k -> k.plural.equals(plural)).findFirst();
    }
}
