package io.patchbay.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One place in a manifest while it is read: gives what stands there in the wanted form, or notes a problem and gives something harmless, so that
 * all problems of a file are found in one go.
 */
final class ManifestField {

    private final JsonNode node;
    private final String path;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private ManifestField(JsonNode node, String path, List<Problem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    static ManifestField root(JsonNode node, List<Problem> problems) {
        return new ManifestField(node, "", problems);
    }

    /** A member, there or not. */
    ManifestField at(String name) {
        known.add(name);
        var member = node.isObject() && node.hasNonNull(name) ? node.get(name) : MissingNode.getInstance();
        return new ManifestField(member, path.isEmpty() ? name : path + "." + name, problems);
    }

    /** Reports members nobody asked for: most often a typing error that would otherwise be silent. */
    void nothingElse() {
        if (present() && !node.isObject()) {
            problem("must be an object.");
        }
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(new Problem(
                        ManifestReader.FILE,
                        path.isEmpty() ? name : path + "." + name,
                        "is unknown here. Known: " + String.join(", ", known) + ".")));
    }

    boolean present() {
        return !node.isMissingNode();
    }

    JsonNode node() {
        return node;
    }

    void problem(String text) {
        problems.add(new Problem(ManifestReader.FILE, path, text));
    }

    String required() {
        if (!present()) {
            problem("is missing.");
        }
        return or("");
    }

    String or(String fallback) {
        if (!present()) {
            return fallback;
        }
        if (!node.isValueNode()) {
            problem("must be a text.");
            return fallback;
        }
        return node.asString();
    }

    Template template() {
        return new Template(required());
    }

    boolean flag() {
        if (present() && !node.isBoolean()) {
            problem("must be true or false.");
        }
        return node.isBoolean() && node.booleanValue();
    }

    long number(long fallback) {
        if (!present()) {
            return fallback;
        }
        if (!node.isIntegralNumber()) {
            problem("must be a whole number.");
            return fallback;
        }
        return node.longValue();
    }

    Duration duration(Duration fallback) {
        return parsed("a time such as 500ms, 5s or 10m", fallback, DurationStyle.SIMPLE::parse);
    }

    long bytes(long fallback) {
        return parsed(
                "a size such as 5MB", fallback, text -> DataSize.parse(text).toBytes());
    }

    Optional<Pattern> pattern(int flags) {
        return parsed("a regular expression", Optional.empty(), text -> Optional.of(Pattern.compile(text, flags)));
    }

    Optional<JsonPointer> pointer() {
        return parsed(
                "a JSON pointer such as /error/code", Optional.empty(), text -> Optional.of(JsonPointer.compile(text)));
    }

    private <T> T parsed(String form, T fallback, Function<String, T> parse) {
        if (!present()) {
            return fallback;
        }
        try {
            return parse.apply(or(""));
        } catch (PatternSyntaxException e) {
            problem("must be " + form + ": " + e.getDescription() + ".");
        } catch (IllegalArgumentException e) {
            problem("must be " + form + ".");
        }
        return fallback;
    }

    <E extends Enum<E>> E word(Class<E> type, E fallback) {
        if (!present()) {
            return fallback;
        }
        var words = Arrays.stream(type.getEnumConstants())
                .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        var found = words.indexOf(or(""));
        if (found < 0) {
            problem("must be one of " + String.join(", ", words) + ".");
            return fallback;
        }
        return type.getEnumConstants()[found];
    }

    <T> List<T> list(Function<ManifestField, T> element) {
        var all = new ArrayList<T>();
        if (present() && !node.isArray()) {
            problem("must be a list.");
        }
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            all.add(element.apply(new ManifestField(node.get(i), path + "[" + i + "]", problems)));
        }
        return List.copyOf(all);
    }

    <T> Map<String, T> map(Function<ManifestField, T> value) {
        var all = new LinkedHashMap<String, T>();
        if (present() && !node.isObject()) {
            problem("must be an object.");
        }
        node.properties()
                .forEach(member -> all.put(
                        member.getKey(),
                        value.apply(new ManifestField(member.getValue(), path + "." + member.getKey(), problems))));
        return all;
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
