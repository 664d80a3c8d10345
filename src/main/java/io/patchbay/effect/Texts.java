package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
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

    String callBackTitle(String client) {
        return say("missed.title", client);
    }

    String callTitle(String client) {
        return say("call.title", client);
    }

    String missedText(Call call, String client) {
        return aboutCall("missed.text", call, client);
    }

    String callText(Call call, String client) {
        return aboutCall("call.text", call, client);
    }

    /**
     * Of a client who asked to be called back.
     *
     * @param words   what he wrote, perhaps nothing
     * @param failure why he was not called, perhaps unknown
     */
    String askedText(Call call, String client, String words, String failure) {
        return say("asked.text", client, time(call.startedAt()), words, failure).strip();
    }

    String result(CallResult result) {
        return say("result." + result.name());
    }

    String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(company.language())
                .format(at.atZone(company.zone()));
    }

    private String aboutCall(String key, Call call, String client) {
        return say(
                call.line().isPresent() ? key : key + ".noLine",
                client,
                time(call.startedAt()),
                call.line().map(line -> line.number()).orElse(""),
                call.waitTime().toSeconds());
    }

    private String say(String key, Object... members) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(members);
    }
}
