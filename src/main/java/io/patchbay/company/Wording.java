package io.patchbay.company;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts as a company reads them: in its language, with times of its zone. A language without texts of its own gets the English ones. */
public final class Wording {

    private final Company company;
    private final ResourceBundle texts;

    /** @param bundle name of a resource bundle, e.g. {@code io.patchbay.effect.texts} */
    public Wording(Company company, String bundle) {
        this.company = company;
        this.texts = ResourceBundle.getBundle(
                bundle,
                company.language(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** @throws java.util.MissingResourceException for an unknown key */
    public String say(String key, Object... members) {
        // the root's digits: a number in a text may be one of a telephone
        return new MessageFormat(texts.getString(key), Locale.ROOT).format(members);
    }

    public String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(company.language())
                .format(at.atZone(company.zone()));
    }
}
