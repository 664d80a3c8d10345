package io.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Names in brackets, {@code data[FIELDS][ID]}: how the portal writes events and how it reads forms and batch commands. */
final class Bitrix24Form {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Bitrix24Form() {}

    /** Lists come out as objects with the keys 0, 1, 2; every value is a string. */
    static ObjectNode nested(Map<String, List<String>> flat) {
        var root = JSON.objectNode();
        flat.forEach((name, values) -> values.forEach(value -> put(root, steps(name), value)));
        return root;
    }

    private static List<String> steps(String name) {
        var steps = new ArrayList<String>();
        var bracket = name.indexOf('[');
        steps.add(bracket < 0 ? name : name.substring(0, bracket));
        while (bracket >= 0) {
            var end = name.indexOf(']', bracket);
            if (end < 0) {
                return List.of(name);
            }
            steps.add(name.substring(bracket + 1, end));
            bracket = name.indexOf('[', end);
        }
        return steps;
    }

    private static void put(ObjectNode root, List<String> steps, String value) {
        var at = root;
        for (var step : steps.subList(0, steps.size() - 1)) {
            var key = step.isEmpty() ? String.valueOf(at.size()) : step;
            at = at.get(key) instanceof ObjectNode deeper ? deeper : at.putObject(key);
        }
        var last = steps.getLast();
        at.put(last.isEmpty() ? String.valueOf(at.size()) : last, value);
    }

    /** The body of an event. */
    static String encoded(ObjectNode tree) {
        var pairs = new ArrayList<String>();
        tree.properties().forEach(one -> collect(one.getKey(), one.getValue(), pairs));
        return pairs.stream().collect(Collectors.joining("&"));
    }

    private static void collect(String name, JsonNode value, List<String> pairs) {
        if (value instanceof ObjectNode deeper) {
            deeper.properties().forEach(one -> collect(name + "[" + one.getKey() + "]", one.getValue(), pairs));
        } else {
            pairs.add(encoded(name) + "=" + encoded(value.asString("")));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
