package io.patchbay.sandbox;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The database of a simulated SuiteCRM, with what a running 7.13 did to values [real] contracts/crm/suitecrm.md §11. What it swallows without a word
 * is noted as a problem, so that a test sees it.
 */
final class SuiteRecords {

    private static final DateTimeFormatter DATABASE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter DISPLAY = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm");

    private final Map<SuiteModule, Map<String, SuiteRecord>> byModule = new EnumMap<>(SuiteModule.class);
    private final Map<SuiteModule, Set<String>> custom = new EnumMap<>(SuiteModule.class);
    private final List<String> problems = new ArrayList<>();
    private final Clock clock;
    private boolean threeByte = true;

    SuiteRecords(Clock clock) {
        this.clock = clock;
        for (var module : SuiteModule.values()) {
            byModule.put(module, new LinkedHashMap<>());
            custom.put(module, new LinkedHashSet<>());
        }
    }

    Instant now() {
        return clock.instant();
    }

    List<String> problems() {
        return problems;
    }

    void problem(String what) {
        problems.add(what);
    }

    void addField(SuiteModule module, String name) {
        custom.computeIfAbsent(module, none -> new LinkedHashSet<>()).add(name);
    }

    /** As the tables of newer installations are. */
    void fullUnicode() {
        threeByte = false;
    }

    boolean isColumn(SuiteModule module, String field) {
        return field.equals("id")
                || field.equals("date_modified")
                || field.equals("date_entered")
                || field.equals("deleted")
                || module.columns().contains(field)
                || custom.computeIfAbsent(module, none -> new LinkedHashSet<>()).contains(field);
    }

    boolean isField(SuiteModule module, String field) {
        return isColumn(module, field) || module.derived().contains(field);
    }

    List<String> fields(SuiteModule module) {
        var all = new ArrayList<>(List.of("date_entered", "date_modified"));
        all.addAll(module.columns());
        all.addAll(custom.computeIfAbsent(module, none -> new LinkedHashSet<>()));
        all.addAll(module.derived());
        return all;
    }

    Optional<SuiteRecord> find(SuiteModule module, String id) {
        return Optional.ofNullable(byModule.computeIfAbsent(module, none -> new LinkedHashMap<>())
                        .get(id))
                .filter(record -> !record.deleted);
    }

    /** Also when it is deleted: its key is still taken. */
    boolean isTaken(SuiteModule module, String id) {
        return byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).containsKey(id);
    }

    List<SuiteRecord> all(SuiteModule module, Predicate<SuiteRecord> wanted) {
        return byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).values().stream()
                .filter(record -> !record.deleted)
                .filter(wanted)
                .toList();
    }

    SuiteRecord create(SuiteModule module, String id, Map<String, String> values) {
        var record = new SuiteRecord(module, id.isEmpty() ? UUID.randomUUID().toString() : id, now());
        byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).put(record.id, record);
        write(record, values);
        return record;
    }

    void write(SuiteRecord record, Map<String, String> values) {
        values.forEach((field, value) -> record.values.put(field, stored(record.module, field, value)));
        if (record.module == SuiteModule.CALLS) {
            record.values.put("date_end", record.value("date_start")); // whatever the duration [real]
        }
        record.modified = now();
    }

    private String stored(SuiteModule module, String field, String value) {
        if (module.isTime(field)) {
            return time(module, field, value);
        }
        if (!module.takes(field, value)) {
            problem(module.plural() + "." + field + " has no value " + value);
        }
        var text = threeByte ? value.replaceAll("[\\x{10000}-\\x{10FFFF}]", "????") : value;
        if (text.length() > module.longest(field)) {
            problem(module.plural() + "." + field + " was cut");
            return text.substring(0, module.longest(field));
        }
        return text;
    }

    /** The form of the database in UTC, or the display form of the user (here UTC too); anything else is stored as nothing. */
    private String time(SuiteModule module, String field, String value) {
        for (var form : List.of(DATABASE, DISPLAY)) {
            try {
                return DATABASE.format(LocalDateTime.parse(value, form));
            } catch (DateTimeException other) {
                continue;
            }
        }
        if (!value.isEmpty()) {
            problem(module.plural() + "." + field + " could not be read: " + value);
        }
        return "";
    }

    /** What a reader gets. Times are cut to the minute by V8. */
    String shown(SuiteRecord record, String field) {
        return switch (field) {
            case "id" -> record.id;
            case "deleted" -> record.deleted ? "1" : "0";
            case "date_entered" -> database(record.entered);
            case "date_modified" -> database(record.modified);
            case "full_name" -> escaped((record.value("first_name") + " " + record.value("last_name")).strip());
            case "name" ->
                record.module.columns().contains("name")
                        ? escaped(record.value("name"))
                        : escaped((record.value("first_name") + " " + record.value("last_name")).strip());
            default -> escaped(record.value(field));
        };
    }

    static String database(Instant at) {
        return DATABASE.format(at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    /** Apostrophe, quotes and angle brackets; a bare & stays [real]. */
    static String escaped(String text) {
        return text.replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#039;");
    }

    /** LIKE of MariaDB: % any text, _ any one character, without regard to case. */
    static boolean like(String value, String pattern) {
        var regex = new StringBuilder();
        for (var c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
                .matcher(value)
                .matches();
    }
}
