package io.patchbay.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.patchbay.call.Extension;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.directory.ClientDirectory.Written;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of clients as a spreadsheet program saves it: separated by commas, semicolons or tabs, in UTF-8 or Windows-1251, with a line of headings in English or Russian.
 * Reading changes nothing and tells everything that is wrong, each with its line.
 */
public record ClientSheet(List<Row> rows, List<Problem> problems) {

    /** Rows of one sheet; a larger one is cut in two by who has it. */
    public static final int MOST_ROWS = 20_000;

    /** One client to be written. @param line where it begins, 1 for the headings */
    public record Row(long line, Written client) {}

    /** @param field NAME, PHONES, OWNER, VIP, or SHEET for the whole */
    public record Problem(long line, String field, String message) {}

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("name", "NAME"),
            Map.entry("имя", "NAME"),
            Map.entry("клиент", "NAME"),
            Map.entry("название", "NAME"),
            Map.entry("phone", "PHONES"),
            Map.entry("phones", "PHONES"),
            Map.entry("телефон", "PHONES"),
            Map.entry("телефоны", "PHONES"),
            Map.entry("owner", "OWNER"),
            Map.entry("manager", "OWNER"),
            Map.entry("менеджер", "OWNER"),
            Map.entry("ответственный", "OWNER"),
            Map.entry("vip", "VIP"),
            Map.entry("вип", "VIP"));

    private static final Set<String> YES = Set.of("1", "yes", "true", "y", "x", "да", "+");
    private static final Set<String> NO = Set.of("", "0", "no", "false", "n", "нет", "-");

    /** The bytes as text: UTF-8 where they are that, else what Windows writes in Russia. */
    public static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, Charset.forName("windows-1251"));
        }
    }

    /** @param employees among whom owners are found: by extension, e-mail or the whole name */
    public static ClientSheet read(String text, NumberPlan plan, List<Employee> employees) {
        return new Reading(plan, employees).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static final class Reading {

        private final NumberPlan plan;
        private final List<Employee> employees;
        private final List<Row> rows = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final Map<String, Integer> columns = new HashMap<>();
        private final Map<PhoneNumber, Long> seen = new HashMap<>();

        Reading(NumberPlan plan, List<Employee> employees) {
            this.plan = plan;
            this.employees = employees;
        }

        ClientSheet read(String text) {
            var first = text.lines().findFirst().orElse("");
            try (var csv = CsvReader.builder()
                    .fieldSeparator(separator(first))
                    .skipEmptyLines(true)
                    .ofCsvRecord(text)) {
                var records = csv.iterator();
                if (!records.hasNext()) {
                    problem(1, "SHEET", "is empty.");
                } else if (headings(records.next())) {
                    while (records.hasNext() && rows.size() < MOST_ROWS) {
                        row(records.next());
                    }
                    if (records.hasNext()) {
                        problem(1, "SHEET", "has more than " + MOST_ROWS + " rows. Cut it in two.");
                    }
                }
            } catch (CsvParseException e) {
                problem(1, "SHEET", "cannot be read as a table: " + e.getMessage());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException("A text in memory cannot fail to be read.", e);
            }
            return new ClientSheet(List.copyOf(rows), List.copyOf(problems));
        }

        private static char separator(String headings) {
            for (var one : new char[] {';', '\t'}) {
                if (headings.indexOf(one) >= 0) {
                    return one;
                }
            }
            return ',';
        }

        private boolean headings(CsvRecord record) {
            for (var i = 0; i < record.getFieldCount(); i++) {
                var heading = HEADINGS.get(record.getField(i).strip().toLowerCase(Locale.ROOT));
                if (heading != null) {
                    columns.putIfAbsent(heading, i);
                }
            }
            if (!columns.containsKey("PHONES")) {
                problem(
                        record.getStartingLineNumber(),
                        "SHEET",
                        "has no column of numbers. The first line must name the columns: name, phones, owner, vip.");
            }
            return columns.containsKey("PHONES");
        }

        private void row(CsvRecord record) {
            var before = problems.size();
            var line = record.getStartingLineNumber();
            var name = field(record, "NAME");
            if (name.length() > Client.LONGEST_NAME) {
                problem(line, "NAME", "has more than " + Client.LONGEST_NAME + " characters.");
            }
            var numbers = numbers(field(record, "PHONES"), line);
            var owner = owner(field(record, "OWNER"), line);
            var vip = vip(field(record, "VIP"), line);
            if (problems.size() == before) {
                rows.add(new Row(line, new Written(name, owner, vip, numbers)));
            }
        }

        private String field(CsvRecord record, String column) {
            var at = columns.get(column);
            return at == null || at >= record.getFieldCount()
                    ? ""
                    : record.getField(at).strip();
        }

        private List<PhoneNumber> numbers(String written, long line) {
            var numbers = new ArrayList<PhoneNumber>();
            Arrays.stream(written.split("[,;\\n]"))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .forEach(one -> {
                        if (plan.read(one) instanceof PhoneNumber phone) {
                            numbers.add(phone);
                        } else {
                            problem(line, "PHONES", "holds '" + one + "', which is no number that can be called.");
                        }
                    });
            if (written.isBlank()) {
                problem(line, "PHONES", "is empty.");
            }
            if (numbers.size() > Client.MOST_NUMBERS) {
                problem(line, "PHONES", "holds more than " + Client.MOST_NUMBERS + " numbers.");
            }
            numbers.forEach(number -> {
                var other = seen.putIfAbsent(number, line);
                if (other != null && other != line) {
                    problem(line, "PHONES", "holds a number that stands in line " + other + " too.");
                }
            });
            return numbers;
        }

        private Optional<EmployeeId> owner(String written, long line) {
            if (written.isEmpty()) {
                return Optional.empty();
            }
            var found = employees.stream()
                    .filter(employee -> employee.extension()
                                    .map(Extension::digits)
                                    .filter(written::equals)
                                    .isPresent()
                            || employee.email()
                                    .filter(written::equalsIgnoreCase)
                                    .isPresent()
                            || employee.name().equalsIgnoreCase(written))
                    .toList();
            if (found.size() != 1) {
                problem(
                        line,
                        "OWNER",
                        "is '" + written + "', which is "
                                + (found.isEmpty() ? "no employee's" : "more than one employee's")
                                + " extension, e-mail or name.");
                return Optional.empty();
            }
            return Optional.of(found.getFirst().id());
        }

        private boolean vip(String written, long line) {
            var word = written.toLowerCase(Locale.ROOT);
            if (!YES.contains(word) && !NO.contains(word)) {
                problem(line, "VIP", "must be yes or no.");
            }
            return YES.contains(word);
        }

        private void problem(long line, String field, String message) {
            problems.add(new Problem(line, field, message));
        }
    }
}
