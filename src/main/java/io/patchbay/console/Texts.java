package io.patchbay.console;

import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;

/**
 * The console's texts in one language.
 *
 * @param locale of the request
 */
record Texts(MessageSource source, Locale locale) {

    /** The text of the first key that has one. */
    String either(String key, String other, Object... values) {
        return Objects.requireNonNull(source.getMessage(key, values, of(other, values), locale));
    }

    /** The text of a key; a key without a text is a mistake that a test finds. */
    String of(String key, Object... values) {
        return source.getMessage(key, values, locale);
    }
}
