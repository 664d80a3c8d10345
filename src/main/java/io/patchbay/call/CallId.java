package io.patchbay.call;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names a call inside this hub, as people see it: {@code c-81}. */
public record CallId(long value) implements Comparable<CallId> {

    private static final Pattern WRITTEN = Pattern.compile("c-([1-9]\\d{0,17})"); // 18 digits always fit into a long

    /** Reads {@code c-81}; empty for everything else. */
    public static Optional<CallId> parse(String written) {
        var match = WRITTEN.matcher(written);
        return match.matches() ? Optional.of(new CallId(Long.parseLong(match.group(1)))) : Optional.empty();
    }

    @Override
    public int compareTo(CallId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "c-" + value;
    }
}
