package io.patchbay.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** The query of a request, read strictly: what the PBX does not know or cannot read is a bad request. */
final class BeelineQuery {

    private final Request request;

    private BeelineQuery(Request request) {
        this.request = request;
    }

    static BeelineQuery of(Request request, String... known) {
        var names = Set.of(known);
        request.query().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw BeelineRefusal.badRequest("Неизвестный параметр " + name);
            }
            if (values.size() != 1) {
                throw BeelineRefusal.badRequest("Параметр " + name + " указан несколько раз");
            }
        });
        return new BeelineQuery(request);
    }

    /** Empty when it was not given. */
    String text(String name) {
        return request.queryValue(name).orElse("");
    }

    String required(String name) {
        var value = text(name);
        if (value.isEmpty()) {
            throw BeelineRefusal.badRequest("Не указан параметр " + name);
        }
        return value;
    }

    int number(String name, int least, int most, int fallback) {
        var value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        var number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw BeelineRefusal.badRequest("Неверное значение параметра " + name + ": " + value);
        }
        return number;
    }

    Instant instant(String name, Instant fallback) {
        var value = text(name);
        return value.isEmpty() ? fallback : parsed(name, value);
    }

    Instant requiredInstant(String name) {
        return parsed(name, required(name));
    }

    boolean chose(String name, List<String> of) {
        return of.contains(text(name));
    }

    private static Instant parsed(String name, String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw BeelineRefusal.badRequest("Неверная дата в параметре " + name);
        }
    }
}
