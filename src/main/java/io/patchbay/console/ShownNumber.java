package io.patchbay.console;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;

/** Numbers as people write them. In full: whoever sees a page has signed in. */
final class ShownNumber {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private ShownNumber() {}

    static String of(Party party, Texts texts) {
        return switch (party) {
            case PhoneNumber phone -> spaced(phone.e164());
            case Extension extension -> texts.of("client.extension", extension.digits());
            case HiddenNumber hidden -> texts.of("client.hidden");
            case MalformedNumber malformed -> malformed.raw();
        };
    }

    /** {@code +7 900 000-12-34}; anything that is no number stays as it is. */
    static String spaced(String e164) {
        try {
            return NUMBERS.format(NUMBERS.parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException notANumber) {
            return e164;
        }
    }
}
