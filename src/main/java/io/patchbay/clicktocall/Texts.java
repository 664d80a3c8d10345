package io.patchbay.clicktocall;

import io.patchbay.company.Company;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the one who ordered a call reads when it was not made, in the company's language. */
final class Texts {

    static final String BUNDLE = "io.patchbay.clicktocall.texts";

    private Texts() {}

    static String say(Company company, Refusal refusal) {
        var bundle = ResourceBundle.getBundle(
                BUNDLE,
                company.language(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(bundle.getString(refusal.text()), Locale.ROOT).format(refusal.members());
    }
}
