package io.patchbay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Compares what came with what was told, member by member: what is missing and what is there besides are differences alike.
 *
 * <p>A told text {@code ~ regex} stands for any single value that matches. A told null and a member that is not there are the same.
 */
final class Likeness {

    private static final String MATCHES = "~ ";

    private final List<String> differences = new ArrayList<>();

    private Likeness() {}

    /** @return a line for each difference, empty when they are alike */
    static List<String> differences(String where, JsonNode told, JsonNode came) {
        var likeness = new Likeness();
        likeness.compare(where, told, came);
        return likeness.differences;
    }

    private void compare(String where, JsonNode told, JsonNode came) {
        if (isNothing(told) && isNothing(came)) {
            return;
        }
        if (told.isString() && told.asString().startsWith(MATCHES)) {
            var wanted = told.asString().substring(MATCHES.length());
            if (!came.isValueNode() || came.isNull() || !Pattern.matches(wanted, came.asString())) {
                differ(where, told, came);
            }
        } else if (told.isObject() && came.isObject()) {
            var names = new TreeSet<>(told.propertyNames());
            names.addAll(came.propertyNames());
            names.forEach(name -> compare(where + "." + name, told.path(name), came.path(name)));
        } else if (told.isArray() && came.isArray()) {
            for (var i = 0; i < Math.max(told.size(), came.size()); i++) {
                compare(where + "[" + i + "]", told.path(i), came.path(i));
            }
        } else if (told.isNumber() && came.isNumber()) {
            if (told.decimalValue().compareTo(came.decimalValue()) != 0) {
                differ(where, told, came);
            }
        } else if (!told.equals(came)) {
            differ(where, told, came);
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isNull() || node.isMissingNode();
    }

    private void differ(String where, JsonNode told, JsonNode came) {
        differences.add(where + ": told " + shown(told) + ", came " + shown(came));
    }

    private static String shown(JsonNode node) {
        return node instanceof MissingNode ? "nothing" : node.toString();
    }
}
