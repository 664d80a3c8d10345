package io.patchbay.call;

import java.util.regex.Pattern;

/** An inner number of an employee or a group, e.g. {@code 201}. Never a client. */
public record Extension(String digits) implements Party {

    /** Most digits of an extension. */
    public static final int LONGEST = 10;

    private static final Pattern DIGITS = Pattern.compile("\\d{1," + LONGEST + "}");

    /** Whether these characters can be an extension. */
    public static boolean isOne(String digits) {
        return DIGITS.matcher(digits).matches();
    }

    @Override
    public String raw() {
        return digits;
    }

    @Override
    public String toString() {
        return digits;
    }
}
