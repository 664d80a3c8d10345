package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.Company;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the hub writes into connected systems, in the company's language. */
final class Texts {

    static final String BUNDLE = "io.patchbay.effect.texts";

    private final ResourceBundle bundle;
    private final Company company;

    Texts(Company company) {
        this.company = company;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                company.language(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The title of the task for a missed call. A person reads it in the target, so the number is whole. */
    String missedTitle(PhoneNumber client) {
        return say("missed.title", client.e164());
    }

    String missedText(Call call, PhoneNumber client) {
        return say(
                call.line().isPresent() ? "missed.text" : "missed.text.noLine",
                client.e164(),
                time(call.startedAt()),
                call.line().map(line -> line.number()).orElse(""),
                call.waitTime().toSeconds());
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
