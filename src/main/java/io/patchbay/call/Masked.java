package io.patchbay.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes telephone numbers out of texts that may be read by others. */
public final class Masked {

    private static final Pattern NUMBER = Pattern.compile("\\d{7,}");
    // a number with its usual punctuation, as vendors repeat it in their error texts
    private static final Pattern WRITTEN_NUMBER = Pattern.compile("\\+?\\d[\\d\\s\\p{Zs}\\p{Pd}()./_]{7,}\\d");

    private Masked() {}

    /** The digits in the middle of every run of seven or more: {@code 79001234567 -> 7900***4567}. */
    public static String numbers(String text) {
        var masked = WRITTEN_NUMBER.matcher(text).replaceAll(found -> {
            var digits = found.group().replaceAll("\\D", "");
            return Matcher.quoteReplacement(digits.length() < 7 ? found.group() : middle(digits));
        });
        return NUMBER.matcher(masked).replaceAll(found -> middle(found.group()));
    }

    private static String middle(String digits) {
        return digits.length() < 10
                ? "***" + digits.substring(digits.length() - 2)
                : digits.substring(0, 4) + "***" + digits.substring(digits.length() - 4);
    }
}
