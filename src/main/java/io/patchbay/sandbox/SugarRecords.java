package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The records of a simulated SugarCRM. */
final class SugarRecords {

    /** One record. */
    static final class Row {
        final SugarModule module;
        final String id;
        final Map<String, String> values = new LinkedHashMap<>();
        final Set<String> linked = new LinkedHashSet<>();
        Instant modified;

        Row(SugarModule module, String id, Instant now) {
            this.module = module;
            this.id = id;
            this.modified = now;
        }

        String value(String field) {
            return field.equals("id") ? id : values.getOrDefault(field, "");
        }
    }

    /** Not taken; the label decides what a client does. */
    static final class Refused extends RuntimeException {
        final int status;
        final String label;

        Refused(int status, String label, String message) {
            super(message, null, false, false);
            this.status = status;
            this.label = label;
        }
    }

    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private final Map<SugarModule, Map<String, Row>> byModule = new EnumMap<>(SugarModule.class);
    private final Map<SugarModule, Set<String>> custom = new EnumMap<>(SugarModule.class);
    private final Clock clock;

    SugarRecords(Clock clock) {
        this.clock = clock;
        for (var module : SugarModule.values()) {
            byModule.put(module, new LinkedHashMap<>());
            custom.put(module, new LinkedHashSet<>());
        }
    }

    void addField(SugarModule module, String name) {
        custom.computeIfAbsent(module, none -> new LinkedHashSet<>()).add(name);
    }

    boolean has(SugarModule module, String field) {
        return Set.of("id", "date_modified", "date_entered").contains(field)
                || module.fields().contains(field)
                || custom.computeIfAbsent(module, none -> new LinkedHashSet<>()).contains(field);
    }

    Optional<Row> find(SugarModule module, String id) {
        return Optional.ofNullable(
                byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).get(id));
    }

    Row get(SugarModule module, String id) {
        return find(module, id).orElseThrow(() -> new Refused(404, "not_found", "Не удалось найти запись."));
    }

    void remove(SugarModule module, String id) {
        byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).remove(id);
    }

    /** The latest change first. */
    List<Row> all(SugarModule module, Predicate<Row> wanted) {
        return byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).values().stream()
                .filter(wanted)
                .sorted((a, b) -> b.modified.compareTo(a.modified))
                .toList();
    }

    /** A repeated id is refused [inferred] contracts/crm/sugarcrm.md §6. */
    Row create(SugarModule module, JsonNode sent) {
        var id = sent.path("id").asString("");
        if (find(module, id).isPresent()) {
            throw new Refused(422, "invalid_parameter", "Запись уже существует.");
        }
        var row = new Row(module, id.isEmpty() ? UUID.randomUUID().toString() : id, clock.instant());
        write(row, sent);
        module.required().stream()
                .filter(field -> row.value(field).isEmpty())
                .findFirst()
                .ifPresent(field -> {
                    throw new Refused(422, "missing_parameter", "Отсутствует обязательное поле: " + field);
                });
        byModule.computeIfAbsent(module, none -> new LinkedHashMap<>()).put(row.id, row);
        return row;
    }

    void write(Row row, JsonNode sent) {
        sent.properties().forEach(one -> {
            var field = one.getKey();
            var value = one.getValue().asString();
            if (!has(row.module, field)) {
                throw new Refused(422, "invalid_parameter", "Неизвестное поле: " + field);
            }
            if (!row.module.takes(field, value)) {
                throw new Refused(422, "invalid_parameter", "Недопустимое значение поля: " + field);
            }
            if (!field.equals("id")) {
                row.values.put(field, field.startsWith("date_") ? time(field, value) : value);
            }
        });
        row.modified = clock.instant();
    }

    private static String time(String field, String value) {
        try {
            return ISO.format(OffsetDateTime.parse(value, ISO).withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw new Refused(422, "invalid_parameter", "Недопустимое значение поля: " + field);
        }
    }

    /** {@code id} and {@code date_modified} always come [doc] §3. */
    ObjectNode view(Row row, List<String> fields) {
        var view = JsonNodeFactory.instance.objectNode().put("id", row.id);
        view.put("date_modified", ISO.format(row.modified.atOffset(ZoneOffset.UTC)));
        for (var field : fields.isEmpty() ? row.values.keySet() : fields) {
            if (!view.has(field)) {
                view.put(field, row.value(field));
            }
        }
        view.putObject("_acl").putObject("fields");
        return view.put("_module", row.module.plural());
    }
}
