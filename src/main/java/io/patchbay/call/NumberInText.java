package io.patchbay.call;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds one number in texts that people, CRMs and PBXs wrote: with or without its country code, with the 8 of a Russian one, with any signs between its digits, in
 * a JSON text or in the query of an address. Digits that are part of a longer row of digits are another number. Pure and thread-safe.
 */
public final class NumberInText {

    /** Stands where the number stood. */
    public static final String ERASED = "[erased]";

    /** What may stand between two digits, as it is or as it is written in an address. */
    private static final String BETWEEN = "(?:[\\s().\\-\u2010-\u2013\u00a0/]|%20|%28|%29|%2D|&nbsp;|(?<=\\d)\\+){0,4}";

    private static final String BEGINS = "(?:(?<!\\d)|(?<=%\\d[\\dA-Fa-f])|(?<=u00\\d[\\dA-Fa-f]))";
    private static final Pattern ANY = Pattern.compile(BEGINS + "\\d(?:" + BETWEEN + "\\d){9,16}(?!\\d)");

    private final Pattern pattern;
    private final String like;

    public NumberInText(PhoneNumber number) {
        var country = number.e164()
                .substring(1, number.e164().length() - number.national().length());
        pattern = Pattern.compile(BEGINS + "(?:\\+?(?:(?:8" + BETWEEN + ")?[01]0" + BETWEEN + ")?" + spaced(country)
                + BETWEEN + "|[80]" + BETWEEN + ")?" + spaced(number.national()) + "(?!\\d)");
        like = "%" + number.national().chars().mapToObj(Character::toString).collect(Collectors.joining("%")) + "%";
    }

    /** Whatever may be a number in a text, as it is written there, without the signs between its digits. */
    public static Collection<String> candidates(String text) {
        return ANY.matcher(text)
                .results()
                .map(found -> found.group().replaceAll("%\\d[\\dA-Fa-f]|&nbsp;|\\D", ""))
                .collect(Collectors.toSet());
    }

    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** The text with {@link #ERASED} for every writing of the number. */
    public String without(String text) {
        return pattern.matcher(text).replaceAll(ERASED);
    }

    /** For SQL's LIKE: fits every text with the number, and now and then another. */
    public String like() {
        return like;
    }

    private static String spaced(String digits) {
        return digits.chars().mapToObj(Character::toString).collect(Collectors.joining(BETWEEN));
    }
}
