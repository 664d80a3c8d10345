package io.patchbay.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the console. Each has a file of texts: messages_<code>.properties. */
enum Language {
    EN("English"),
    RU("Русский");

    private final String ownName;

    Language(String ownName) {
        this.ownName = ownName;
    }

    /** ISO 639 code, e.g. {@code ru}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its speakers call it: shown as it is in every language. */
    public String ownName() {
        return ownName;
    }

    Locale locale() {
        return Locale.of(code());
    }

    static Optional<Language> ofCode(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code().equals(code))
                .findFirst();
    }

    static Language of(Locale locale) {
        return ofCode(locale.getLanguage()).orElse(EN);
    }
}
