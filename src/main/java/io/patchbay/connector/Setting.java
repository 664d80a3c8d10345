package io.patchbay.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One question of the form that connects a system.
 *
 * @param requiredWhen other settings with the values that make this one required; empty: see {@code required}
 * @param shownWhen    other settings with the values for which this one makes sense; empty: always
 * @param pattern      the whole value must match it
 * @param example      shown in the empty field, empty for none
 * @param of           the values of a choice
 * @param fallback     the value when nothing is given
 */
public record Setting(
        String name,
        Type type,
        boolean required,
        Map<String, String> requiredWhen,
        Map<String, String> shownWhen,
        Optional<Pattern> pattern,
        String example,
        List<String> of,
        Optional<JsonNode> fallback) {

    public enum Type {
        TEXT,
        /** Write-only: kept in the vault, never given out. */
        SECRET,
        CHOICE,
        NUMBER,
        FLAG,
        URL,
        /** Several texts. */
        LIST,
        /** A mapping that an administrator writes, or an example in JSON, which is JSLT too; compiled when it is saved. */
        JSLT
    }

    public boolean isSecret() {
        return type == Type.SECRET;
    }

    /** What is wrong with a value that was given. */
    public Optional<SettingProblem.Reason> problem(JsonNode value) {
        return switch (type) {
            case TEXT, SECRET -> text(value);
            case CHOICE ->
                value.isString() && of.contains(value.asString())
                        ? Optional.empty()
                        : Optional.of(SettingProblem.Reason.NOT_IN_CHOICE);
            case NUMBER -> value.isNumber() ? Optional.empty() : Optional.of(SettingProblem.Reason.WRONG_TYPE);
            case FLAG -> value.isBoolean() ? Optional.empty() : Optional.of(SettingProblem.Reason.WRONG_TYPE);
            case URL ->
                value.isString() && value.asString().matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")
                        ? text(value)
                        : Optional.of(SettingProblem.Reason.WRONG_FORM);
            case JSLT ->
                value.isString()
                        ? OwnMapping.problem(value.asString()).map(why -> SettingProblem.Reason.NO_MAPPING)
                        : Optional.of(SettingProblem.Reason.WRONG_TYPE);
            case LIST ->
                value.isArray() && value.valueStream().allMatch(JsonNode::isString)
                        ? Optional.empty()
                        : Optional.of(SettingProblem.Reason.WRONG_TYPE);
        };
    }

    private Optional<SettingProblem.Reason> text(JsonNode value) {
        if (!value.isString()) {
            return Optional.of(SettingProblem.Reason.WRONG_TYPE);
        }
        return pattern.filter(p -> !p.matcher(value.asString()).matches()).map(p -> SettingProblem.Reason.WRONG_FORM);
    }
}
