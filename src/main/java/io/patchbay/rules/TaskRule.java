package io.patchbay.rules;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The task that a call leaves behind.
 *
 * @param deadline  counted from the end of the call
 * @param forgetIn  a call that ended longer ago gets no task: history read after an outage of days must not bury the employees
 * @param title     a text with {@linkplain #PLACEHOLDERS placeholders}; empty for the usual one
 * @param text      likewise
 * @param whom      empty for the usual: the client's manager, else the connection's default employee, else who is responsible for the call
 */
public record TaskRule(
        Duration deadline, Duration forgetIn, Optional<String> title, Optional<String> text, Optional<Responsible> whom)
        implements TaskChoice {

    public static final TaskRule USUAL = new TaskRule(
            Duration.ofHours(1), Duration.ofHours(24), Optional.empty(), Optional.empty(), Optional.empty());

    /** What a text may name: {@code {number}}. */
    public static final Set<String> PLACEHOLDERS =
            Set.of("number", "line", "time", "wait", "talk", "client", "employee", "result", "text", "orders");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");

    public TaskRule {
        if (!deadline.isPositive() || !forgetIn.isPositive()) {
            throw new IllegalArgumentException("The deadline of a task must lie after its call.");
        }
    }

    /** Names in braces that nothing stands for, in the order of the text. */
    public static Set<String> unknownPlaceholders(String template) {
        var unknown = new java.util.LinkedHashSet<String>();
        PLACEHOLDER.matcher(template).results().map(found -> found.group(1)).forEach(name -> {
            if (!PLACEHOLDERS.contains(name)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    /** The template with its placeholders filled; what is not known becomes nothing. */
    public static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        PLACEHOLDERS.contains(found.group(1))
                                ? values.getOrDefault(found.group(1), "")
                                : found.group()));
    }
}
