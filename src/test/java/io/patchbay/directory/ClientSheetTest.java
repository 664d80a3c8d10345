package io.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Extension;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientSheet.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientSheetTest {

    private static final List<Employee> PEOPLE = List.of(
            employee(3, "Анна Петрова", "anna@example.org", "201"),
            employee(4, "Boris", "boris@example.org", "202"),
            employee(5, "Boris", "b2@example.org", "203"));

    @Test
    void readsWhatASpreadsheetSaves() {
        var sheet = read("\uFEFFИмя;Телефоны;Ответственный;VIP\r\n"
                + "\"Ёлкин \"\"и\"\" Ко\";8 (900) 000-12-35, +7 495 000-01-00;201;да\r\n"
                + ";79000007777;ANNA@example.org;\r\n");

        assertThat(sheet.problems()).isEmpty();
        assertThat(sheet.rows()).hasSize(2);
        var first = sheet.rows().getFirst();
        assertThat(first.line()).isEqualTo(2);
        assertThat(first.client().name()).isEqualTo("Ёлкин \"и\" Ко");
        assertThat(first.client().numbers())
                .extracting(PhoneNumber::e164)
                .containsExactly("+79000001235", "+74950000100");
        assertThat(first.client().owner()).contains(new EmployeeId(3));
        assertThat(first.client().vip()).isTrue();
        assertThat(sheet.rows().get(1).client().vip()).isFalse();
        assertThat(sheet.rows().get(1).client().owner()).contains(new EmployeeId(3));
    }

    @Test
    void tellsAllThatIsWrongWithItsLineAndKeepsTheRest() {
        var sheet = read("""
            name,phones,owner,vip
            Good,+79000001235,,
            No number,,,
            Odd number,12ab,,
            Nobody,+79000001236,Clara,
            Two of them,+79000001237,boris,
            Perhaps,+79000001238,,maybe
            Again,+79000001235,,
            """);

        assertThat(sheet.rows()).extracting(ClientSheet.Row::line).containsExactly(2L);
        assertThat(sheet.problems())
                .extracting(Problem::line, Problem::field)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, "PHONES"),
                        org.assertj.core.groups.Tuple.tuple(4L, "PHONES"),
                        org.assertj.core.groups.Tuple.tuple(5L, "OWNER"),
                        org.assertj.core.groups.Tuple.tuple(6L, "OWNER"),
                        org.assertj.core.groups.Tuple.tuple(7L, "VIP"),
                        org.assertj.core.groups.Tuple.tuple(8L, "PHONES"));
    }

    @Test
    void refusesATableWithoutNumbers() {
        assertThat(read("name\nIvan\n").problems()).extracting(Problem::field).containsExactly("SHEET");
        assertThat(read("").problems()).extracting(Problem::field).containsExactly("SHEET");
        assertThat(read("name;phones\n\"Ivan;+79000001235\n").rows()).isEmpty();
    }

    @Test
    void readsWhatWindowsWritesInRussia() {
        var bytes = "Имя;Телефон\nИван;89000001235\n".getBytes(Charset.forName("windows-1251"));

        assertThat(read(ClientSheet.text(bytes)).rows().getFirst().client().name())
                .isEqualTo("Иван");
        assertThat(ClientSheet.text("Иван".getBytes(StandardCharsets.UTF_8))).isEqualTo("Иван");
    }

    private static ClientSheet read(String text) {
        return ClientSheet.read(text, new NumberPlan("RU"), PEOPLE);
    }

    private static Employee employee(long id, String name, String email, String extension) {
        return new Employee(
                new EmployeeId(id),
                new CompanyId(1),
                name,
                Optional.of(email),
                Optional.of(new Extension(extension)),
                true);
    }
}
