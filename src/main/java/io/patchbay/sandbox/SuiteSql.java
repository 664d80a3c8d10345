package io.patchbay.sandbox;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The WHERE clauses a v4_1 query may hold here: comparisons with = and LIKE, joined by OR or by AND. Functions are refused by the checker of the real
 * one, anything it cannot parse breaks the database call [real] contracts/crm/suitecrm.md §11.
 */
final class SuiteSql {

    private static final Pattern COMPARISON =
            Pattern.compile("(?i)\\s*([a-z_]+)\\.([a-z0-9_]+)\\s+(like|=)\\s+'([^'\\\\]*)'\\s*");
    private static final Pattern FUNCTION = Pattern.compile("(?i)[a-z_]+\\s*\\(");

    private SuiteSql() {}

    static boolean isForbidden(String query) {
        return FUNCTION.matcher(query).find() || query.contains(";") || query.contains("--");
    }

    /** Empty for what the database does not understand. */
    static Optional<Predicate<SuiteRecord>> where(String query, SuiteModule module, SuiteRecords records) {
        if (query.isBlank()) {
            return Optional.of(record -> true);
        }
        var either = query.split("(?i)\\bOR\\b");
        var both = query.split("(?i)\\bAND\\b");
        if (either.length > 1 && both.length > 1) {
            return Optional.empty();
        }
        Optional<Predicate<SuiteRecord>> all = Optional.empty();
        for (var part : either.length > 1 ? either : both) {
            var one = comparison(part, module, records);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            var next = one.get();
            all = Optional.of(all.map(so -> either.length > 1 ? so.or(next) : so.and(next))
                    .orElse(next));
        }
        return all;
    }

    private static Optional<Predicate<SuiteRecord>> comparison(String part, SuiteModule module, SuiteRecords records) {
        var matcher = COMPARISON.matcher(part);
        if (!matcher.matches()
                || !matcher.group(1).equals(module.table())
                || !records.isColumn(module, matcher.group(2))) {
            return Optional.empty();
        }
        var field = matcher.group(2);
        var value = matcher.group(4);
        return Optional.of(
                matcher.group(3).equals("=")
                        ? record -> text(record, field).equals(value)
                        : record -> SuiteRecords.like(text(record, field), value));
    }

    private static String text(SuiteRecord record, String field) {
        return field.equals("id") ? record.id : record.value(field);
    }
}
