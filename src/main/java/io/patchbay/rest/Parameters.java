package io.patchbay.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one request and remembers what is wrong with each, so that all can be told at once. */
final class Parameters {

    private final List<FieldProblem> problems = new ArrayList<>();

    /**
     * Reads a parameter that may be missing.
     *
     * @param reader gives empty for a value it cannot read
     * @param right  what would be right, as the end of "must be ..."
     */
    <T> Optional<T> read(String name, @Nullable String value, Function<String, Optional<T>> reader, String right) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        var read = reader.apply(value.strip());
        if (read.isEmpty()) {
            problem(name, "must be " + right + ".");
        }
        return read;
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, @Nullable String value, Class<E> kind) {
        return read(
                name,
                value,
                written -> Arrays.stream(kind.getEnumConstants())
                        .filter(constant -> constant.name().equals(written))
                        .findFirst(),
                "one of " + Arrays.toString(kind.getEnumConstants()));
    }

    /** A time with its offset, or a day, which means its beginning in the company's zone. */
    Optional<Instant> time(String name, @Nullable String value, ZoneId zone) {
        return read(
                name,
                value,
                written -> time(written, zone),
                "a time such as 2026-11-25T09:00:00+03:00, or a day such as 2026-11-25");
    }

    int limit(@Nullable String value, int usual, int largest) {
        return read("limit", value, Parameters::number, "a number from 1 to " + largest)
                .filter(number -> {
                    var fits = number >= 1 && number <= largest;
                    if (!fits) {
                        problem("limit", "must be a number from 1 to " + largest + ".");
                    }
                    return fits;
                })
                .map(Long::intValue)
                .orElse(usual);
    }

    static Optional<String> text(@Nullable String written) {
        return Optional.ofNullable(written).map(String::strip).filter(text -> !text.isEmpty());
    }

    static Optional<Long> number(String written) {
        return written.matches("\\d{1,18}") ? Optional.of(Long.parseLong(written)) : Optional.empty();
    }

    void problem(String field, String message) {
        problems.add(new FieldProblem(field, message));
    }

    /** @throws InvalidRequestException when anything was wrong */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
    }

    private static Optional<Instant> time(String written, ZoneId zone) {
        try {
            // a plus sign that was not escaped arrives as a space
            return Optional.of(OffsetDateTime.parse(written.replace(' ', '+')).toInstant());
        } catch (DateTimeException noTime) {
            try {
                return Optional.of(LocalDate.parse(written).atStartOfDay(zone).toInstant());
            } catch (DateTimeException noDay) {
                return Optional.empty();
            }
        }
    }
}
