package io.patchbay.connector;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Text as people type it into the systems the hub is joined to, and as those give it back. */
final class Typed {

    // a field may hold several numbers, and an extension after one: "8 912 312-32-10, ext. 12"
    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[,;/#*\\p{L}]+");
    // what may stand before the national digits; 8 only inside +7
    private static final List<String> PREFIXES = List.of("", "0");
    private static final List<String> INTERNATIONAL = List.of("", "00", "011", "810");
    private static final Pattern ENTITY =
            Pattern.compile("&(#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|amp|lt|gt|quot|apos);");

    private Typed() {}

    /**
     * Whether the text holds that number. Equality of a whole written form: the tail of a longer number is no match.
     *
     * @param number   E.164, e.g. {@code +79123123210}
     * @param national without the country's code
     */
    static boolean holds(String text, String number, String national) {
        return Arrays.stream(BETWEEN_NUMBERS.split(text))
                .map(part -> part.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .anyMatch(digits -> isSpelling(digits, number.replaceAll("[^0-9]", ""), national));
    }

    private static boolean isSpelling(String digits, String full, String national) {
        return INTERNATIONAL.stream().anyMatch(prefix -> digits.equals(prefix + full))
                || (!national.isEmpty() && PREFIXES.stream().anyMatch(prefix -> digits.equals(prefix + national)))
                || (full.startsWith("7") && digits.equals("8" + national));
    }

    /** {@code O&#039;Neil} -> {@code O'Neil}; one level, so that text which only looks like an entity stays. */
    static String withoutEntities(String html) {
        return ENTITY.matcher(html)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(character(found.group())));
    }

    private static String character(String entity) {
        return switch (entity) {
            case "&amp;" -> "&";
            case "&lt;" -> "<";
            case "&gt;" -> ">";
            case "&quot;" -> "\"";
            case "&apos;" -> "'";
            default -> {
                var hex = entity.charAt(2) == 'x' || entity.charAt(2) == 'X';
                var code = Integer.parseInt(entity.substring(hex ? 3 : 2, entity.length() - 1), hex ? 16 : 10);
                yield Character.isValidCodePoint(code) ? Character.toString(code) : entity;
            }
        };
    }
}
