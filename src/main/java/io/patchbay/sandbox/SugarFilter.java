package io.patchbay.sandbox;

import io.patchbay.sandbox.SugarRecords.Refused;
import io.patchbay.sandbox.SugarRecords.Row;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The filter of a request: a list of which all must hold, fields of one object are AND, {@code $or} holds a list [doc] contracts/crm/sugarcrm.md §3. */
final class SugarFilter {

    private SugarFilter() {}

    static Predicate<Row> of(JsonNode list, SugarModule module, SugarRecords records) {
        if (!list.isArray()) {
            throw new Refused(422, "invalid_parameter", "filter is no list");
        }
        Predicate<Row> all = row -> true;
        for (var one : list) {
            all = all.and(object(one, module, records));
        }
        return all;
    }

    private static Predicate<Row> object(JsonNode object, SugarModule module, SugarRecords records) {
        Predicate<Row> all = row -> true;
        for (var member : object.properties()) {
            all = all.and(
                    member.getKey().equals("$or")
                            ? either(member.getValue(), module, records)
                            : field(member.getKey(), member.getValue(), module, records));
        }
        return all;
    }

    private static Predicate<Row> either(JsonNode list, SugarModule module, SugarRecords records) {
        Predicate<Row> any = row -> false;
        for (var one : list) {
            any = any.or(object(one, module, records));
        }
        return any;
    }

    private static Predicate<Row> field(String field, JsonNode wanted, SugarModule module, SugarRecords records) {
        if (!records.has(module, field)) {
            throw new Refused(422, "invalid_parameter", "Неизвестное поле: " + field);
        }
        if (wanted.isString()) {
            return row -> row.value(field).equals(wanted.asString());
        }
        Predicate<Row> all = row -> true;
        for (var condition : wanted.properties()) {
            all = all.and(condition(field, condition.getKey(), condition.getValue()));
        }
        return all;
    }

    // all but $starts [inferred]
    private static Predicate<Row> condition(String field, String operator, JsonNode value) {
        var text = value.asString("").toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "$equals" -> row -> row.value(field).equals(value.asString());
            case "$in" -> row -> value.valueStream().anyMatch(v -> v.asString().equals(row.value(field)));
            case "$starts" -> row -> row.value(field).toLowerCase(Locale.ROOT).startsWith(text);
            case "$ends" -> row -> row.value(field).toLowerCase(Locale.ROOT).endsWith(text);
            case "$contains" -> row -> row.value(field).toLowerCase(Locale.ROOT).contains(text);
            default -> throw new Refused(422, "invalid_parameter", "Неизвестный оператор: " + operator);
        };
    }
}
