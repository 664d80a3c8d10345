package io.patchbay.watch;

import io.patchbay.company.Company;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Alerts in the company's language. */
final class AlertTexts {

    static final String BUNDLE = "io.patchbay.watch.texts";

    private final Company company;
    private final ResourceBundle bundle;

    AlertTexts(Company company) {
        this.company = company;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                company.language(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String subject(String title, Concern concern, Turn turn, int level) {
        return say(
                "turn." + turn, title, say((turn == Turn.OVER ? "over." : "what.") + concern, Integer.toString(level)));
    }

    /** @param detail in the system's own words; may be empty */
    String body(Concern concern, Turn turn, Instant since, String detail, String address) {
        var cure = turn == Turn.OVER ? "" : say("cure." + concern) + "\n";
        var said = detail.isEmpty() || turn == Turn.OVER ? "" : say("said", detail) + "\n";
        return say("since", time(since)) + "\n" + said + cure + address;
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(company.language())
                .format(at.atZone(company.zone()));
    }

    private String say(String key, Object... members) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(members);
    }
}
