package io.patchbay.connection.api;

import static java.util.Comparator.comparing;

import io.patchbay.call.Masked;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;

/** Takes secrets and telephone numbers out of what may be read by others. */
final class Mask {

    private static final Pattern TAG = Pattern.compile("<[^>]{0,200}>");
    private static final Pattern NO_TEXT =
            Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+"); // also what could forge a line of the log
    private static final int SHORTEST = 4; // characters of a secret: a shorter one would blot out ordinary words
    private static final int LONGEST = 300; // characters of a target's words that are kept

    private Mask() {}

    static String numbers(String text) {
        return Masked.numbers(text);
    }

    /** A target's words for a message: one line, no tags, no numbers, none of these secrets, not endless. */
    static String words(String text, Collection<String> secrets) {
        var clean = TAG.matcher(text).replaceAll(" ");
        // the longest first: one may be a part of another
        for (var secret :
                secrets.stream().sorted(comparing(String::length).reversed()).toList()) {
            if (secret.length() >= SHORTEST) {
                clean = clean.replace(secret, "***")
                        .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "***")
                        .replace(secret.replace("/", "\\/"), "***"); // JSON may write a slash so
            }
        }
        clean = numbers(NO_TEXT.matcher(clean).replaceAll(" ").trim());
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
