package io.patchbay.connector;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with settings in braces, e.g. {@code https://{subdomain}.{zone}}. */
public record Template(String text) {

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.-]*)}");

    /** The names in braces, in their order. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (var found = NAME.matcher(text); found.find(); ) {
            names.add(found.group(1));
        }
        return names;
    }

    /**
     * The text with every name replaced.
     *
     * @throws ConnectorException (set-up) when a value is missing
     */
    public String fill(Function<String, Optional<String>> values) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(values.apply(name.group(1))
                        .orElseThrow(() -> new ConnectorException(
                                Fault.SETUP, "The setting " + name.group(1) + " is missing. Fill it in."))));
    }

    @Override
    public String toString() {
        return text;
    }
}
