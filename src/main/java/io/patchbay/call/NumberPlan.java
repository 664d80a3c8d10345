package io.patchbay.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what PBXs, CRMs and people write as numbers, with a company's region. Written forms of one number give equal values.
 *
 * <p>Pure and thread-safe.
 */
public final class NumberPlan {

    /** 2 to 6 digits: the length of inner numbers in every PBX contract read so far. */
    private static final Pattern EXTENSION = Pattern.compile("\\d{2,6}");

    private static final Pattern NO_DIGIT = Pattern.compile("\\D");
    private static final Set<String> HIDDEN =
            Set.of("anonymous", "unknown", "private", "restricted", "unavailable", "withheld", "hidden");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private static final ShortNumberInfo SHORT_NUMBERS = ShortNumberInfo.getInstance();

    private final String region;

    /** @param region ISO 3166 code, e.g. {@code RU} */
    public NumberPlan(String region) {
        if (!NUMBERS.getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException(
                    "No number plan for region '" + region + "'. Use an ISO 3166 code such as RU.");
        }
        this.region = region;
    }

    /** Reads a number in any written form, also as a {@code tel:} or {@code sip:} address. */
    public Party read(String written) {
        var text = bare(written);
        if (text.isEmpty() || HIDDEN.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return new HiddenNumber();
        }
        var digits = NO_DIGIT.matcher(text).replaceAll("");
        if (!text.startsWith("+") && EXTENSION.matcher(text).matches()) {
            return new Extension(digits);
        }
        try {
            var number = NUMBERS.parse(text, region);
            if (NUMBERS.isValidNumber(number)) {
                return phone(number, written);
            }
            // 7900... without its plus: a country code that the plan would otherwise read as part of the national
            // number
            var international = NUMBERS.parse("+" + digits, region);
            if (!text.startsWith("+") && NUMBERS.isValidNumber(international)) {
                return phone(international, written);
            }
            // new ranges are dialled before the plan knows them; a local number without its area code is nobody's
            return NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? phone(number, written)
                    : new MalformedNumber(written);
        } catch (NumberParseException notANumber) {
            return new MalformedNumber(written);
        }
    }

    /** Whether a call to these digits reaches the police, the fire brigade or the ambulance of the region. */
    public boolean isEmergency(String digits) {
        return SHORT_NUMBERS.isEmergencyNumber(digits, region);
    }

    /** The spellings under which a CRM may have stored this number: {@code +79..., 79..., 89..., 9...}. */
    public List<String> spellings(PhoneNumber number) {
        var digits = number.e164().substring(1);
        return number.e164().startsWith("+7") && number.national().length() == 10
                ? List.of(number.e164(), digits, "8" + number.national(), number.national())
                : List.of(number.e164(), digits);
    }

    private static PhoneNumber phone(com.google.i18n.phonenumbers.Phonenumber.PhoneNumber number, String written) {
        var withoutExtension = number.hasExtension()
                ? new com.google.i18n.phonenumbers.Phonenumber.PhoneNumber()
                        .mergeFrom(number)
                        .clearExtension()
                : number;
        return new PhoneNumber(
                NUMBERS.format(withoutExtension, PhoneNumberFormat.E164),
                NUMBERS.getNationalSignificantNumber(withoutExtension),
                written);
    }

    private static String bare(String written) {
        var text = written.strip();
        for (var scheme : List.of("tel:", "sip:", "sips:")) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                text = text.substring(scheme.length());
            }
        }
        return cut(cut(text, ';'), '@').strip();
    }

    private static String cut(String text, char from) {
        var at = text.indexOf(from);
        return at < 0 ? text : text.substring(0, at);
    }
}
