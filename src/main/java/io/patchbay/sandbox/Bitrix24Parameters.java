package io.patchbay.sandbox;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a method was given, read the way the portal reads it: from JSON or from a form, where all values are strings. */
record Bitrix24Parameters(ObjectNode all) {

    static Bitrix24Parameters of(ObjectNode all) {
        return new Bitrix24Parameters(all);
    }

    boolean has(String name) {
        var value = all.path(name);
        return !value.isMissingNode() && !value.isNull();
    }

    JsonNode node(String name) {
        return all.path(name);
    }

    /** Text or number as text; empty when missing, null or blank. */
    Optional<String> text(String name) {
        return textOf(all.path(name));
    }

    /** A whole number, also written as text; empty when missing or when it is none. */
    Optional<Long> number(String name) {
        return numberOf(all.path(name));
    }

    /** Y/N, 1/0, true/false. */
    boolean flag(String name, boolean fallback) {
        return text(name)
                .map(text -> Set.of("1", "y", "true").contains(text.toLowerCase(Locale.ROOT)))
                .orElse(fallback);
    }

    /** One value or several, as numbers; what is no number is left out. */
    List<Long> numbers(String name) {
        return elements(all.path(name)).stream()
                .flatMap(one -> numberOf(one).stream())
                .toList();
    }

    /** A nested object; an empty one when it is missing, is {@code []} or is something else. */
    Bitrix24Parameters object(String name) {
        return of(all.path(name) instanceof ObjectNode node ? node : JsonNodeFactory.instance.objectNode());
    }

    /** The elements of a list, which a form writes as an object with the keys 0, 1, 2; a single value is a list of one. */
    static List<JsonNode> elements(JsonNode node) {
        if (node.isArray() || node.isObject()) {
            return new ArrayList<>(node.values());
        }
        return node.isMissingNode() || node.isNull() ? List.of() : List.of(node);
    }

    static Optional<String> textOf(JsonNode node) {
        return node.isValueNode() && !node.isNull()
                ? Optional.of(node.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    static Optional<Long> numberOf(JsonNode node) {
        return textOf(node).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    /** ISO 8601 with an offset. */
    static Optional<OffsetDateTime> time(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
