package io.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Extension;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcEmployeesTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long PBX = 7;
    private static final long CRM = 8;
    private static final ListedEmployee ANNA = listed("u-anna", "Anna", "anna@romashka.example", "201");
    private static final ListedEmployee BORIS = listed("u-boris", "Boris", null, "202");

    @ParameterizedTest
    @EnumSource
    void findsWhoSitsAtAPlaceByIdThenByExtension(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));

            assertThat(employees.at(COMPANY, PBX, new Seat("u-anna")))
                    .map(Employee::name)
                    .contains("Anna");
            assertThat(employees.at(COMPANY, PBX, new Seat("202")))
                    .map(Employee::name)
                    .contains("Boris");
            assertThat(employees.at(COMPANY, PBX, new Seat("u-nobody"))).isEmpty();
            assertThat(employees.at(new CompanyId(2), PBX, new Seat("u-anna"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsSomebodyOfAnotherSystemByHisOnlyExtension(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.add(COMPANY, "Clara", Optional.empty(), Optional.of(new Extension("203")), true);
            employees.add(COMPANY, "One", Optional.empty(), Optional.of(new Extension("204")), true);
            employees.add(COMPANY, "Two", Optional.empty(), Optional.of(new Extension("204")), true);

            assertThat(employees.at(COMPANY, PBX, new Seat("203")))
                    .map(Employee::name)
                    .contains("Clara");
            assertThat(employees.at(COMPANY, PBX, new Seat("204"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsOnePersonInTwoSystemsByExtensionOrEMail(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));

            var report = employees.merge(
                    COMPANY,
                    CRM,
                    List.of(
                            listed("1", "A. Ivanova", "ANNA@romashka.example", null),
                            listed("2", "B. Petrov", null, "202"),
                            listed("3", "Clara", null, null)));

            assertThat(report.tied()).isEqualTo(2);
            assertThat(report.added()).isEqualTo(1);
            assertThat(employees.all(COMPANY)).extracting(Employee::name).containsExactly("Anna", "Boris", "Clara");
            var anna = employees.withId(COMPANY, CRM, "1").orElseThrow();
            assertThat(anna.name()).isEqualTo("Anna");
            assertThat(employees.idIn(anna.id(), PBX)).contains("u-anna");
            assertThat(employees.idIn(anna.id(), CRM)).contains("1");
            assertThat(employees.idsOf(anna.id())).containsOnlyKeys(PBX, CRM);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingWhenAListComesAgain(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));
            var before = employees.all(COMPANY);

            var report = employees.merge(COMPANY, PBX, List.of(BORIS, ANNA));

            assertThat(report).isEqualTo(new MergeReport(Optional.empty(), 0, 0, 0, 0));
            assertThat(employees.all(COMPANY)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesAShrunkenListThatAPersonSawButNeverAnEmptyOne(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            var ten = IntStream.range(0, 10)
                    .mapToObj(n -> listed("u" + n, "Employee " + n, null, "30" + n))
                    .toList();
            employees.merge(COMPANY, PBX, ten);

            assertThat(employees
                            .mergeShorter(COMPANY, PBX, ten.subList(0, 3), 4)
                            .held())
                    .contains(new MergeReport.Held(10, 3));
            assertThat(employees.mergeShorter(COMPANY, PBX, List.of(), 0).held())
                    .contains(new MergeReport.Held(10, 0))
                    .get()
                    .matches(held -> !held.mayBeAccepted());
            assertThat(employees.all(COMPANY)).allMatch(Employee::active);

            assertThat(employees
                            .mergeShorter(COMPANY, PBX, ten.subList(0, 4), 4)
                            .gone())
                    .isEqualTo(6);
            assertThat(employees.all(COMPANY))
                    .hasSize(10)
                    .filteredOn(Employee::active)
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsBackAnEmptyOrShrunkenList(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            var ten = IntStream.range(0, 10)
                    .mapToObj(n -> listed("u" + n, "Employee " + n, null, "30" + n))
                    .toList();
            employees.merge(COMPANY, PBX, ten);

            assertThat(employees.merge(COMPANY, PBX, List.of()).held()).contains(new MergeReport.Held(10, 0));
            assertThat(employees.merge(COMPANY, PBX, ten.subList(0, 4)).held()).contains(new MergeReport.Held(10, 4));
            assertThat(employees.all(COMPANY)).hasSize(10).allMatch(Employee::active);

            assertThat(employees.merge(COMPANY, PBX, ten.subList(0, 5)).gone()).isEqualTo(5);
            assertThat(employees.all(COMPANY))
                    .hasSize(10)
                    .filteredOn(Employee::active)
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsSomebodyWhoLeftForOldCallsAndWelcomesHimBack(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));

            employees.merge(COMPANY, PBX, List.of(ANNA));
            assertThat(employees.at(COMPANY, PBX, new Seat("u-boris")))
                    .map(Employee::active)
                    .contains(false);

            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));
            assertThat(employees.at(COMPANY, PBX, new Seat("u-boris")))
                    .map(Employee::active)
                    .contains(true);
            assertThat(employees.all(COMPANY)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsTheSystemThatGaveAValueAndKeepsWhatWasSetByHand(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA));
            employees.merge(COMPANY, CRM, List.of(listed("1", "Anna CRM", null, "201")));
            var anna = employees.withId(COMPANY, PBX, "u-anna").orElseThrow();
            employees.save(
                    new Employee(anna.id(), COMPANY, "Anna by hand", anna.email(), anna.extension(), anna.active()));

            employees.merge(COMPANY, PBX, List.of(listed("u-anna", "Anna renamed", "anna@romashka.example", "211")));

            var now = employees.find(COMPANY, anna.id()).orElseThrow();
            assertThat(now.name()).isEqualTo("Anna by hand");
            assertThat(now.extension()).contains(new Extension("211"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void skipsEntriesWithoutAnId(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);

            var report = employees.merge(COMPANY, PBX, List.of(ANNA, listed(" ", "Nobody", null, "203"), ANNA));

            assertThat(report.skipped()).isEqualTo(2);
            assertThat(employees.all(COMPANY)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tiesAnIdByHand(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));
            var clara = employees.add(COMPANY, "Clara", Optional.empty(), Optional.empty(), true);

            employees.tie(clara.id(), PBX, "u-anna");
            employees.tie(clara.id(), PBX, "u-clara");

            assertThat(employees.idIn(clara.id(), PBX)).contains("u-clara");
            assertThat(employees.withId(COMPANY, PBX, "u-anna")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatASystemToldWhenAnIdChangesHandsAndForgetsItWhenUntied(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var employees = employees(database);
            employees.merge(COMPANY, PBX, List.of(ANNA, BORIS));
            var clara = employees.add(COMPANY, "Clara", Optional.empty(), Optional.empty(), true);

            employees.tie(clara.id(), PBX, "u-anna");

            assertThat(employees.listed(COMPANY, PBX)).containsExactly(ANNA, BORIS);
            assertThat(employees.ids(COMPANY)).hasSize(2).containsEntry(clara.id(), Map.of(PBX, "u-anna"));
            assertThat(employees.ids(new CompanyId(2))).isEmpty();

            employees.untie(clara.id(), PBX);

            assertThat(employees.idIn(clara.id(), PBX)).isEmpty();
            assertThat(employees.listed(COMPANY, PBX)).containsExactly(BORIS);
        }
    }

    private static JdbcEmployees employees(TestDatabase database) {
        return new JdbcEmployees(database.jdbc(), Clock.fixed(Instant.parse("2026-11-25T07:00:00Z"), ZoneOffset.UTC));
    }

    private static ListedEmployee listed(String id, String name, String email, String extension) {
        return new ListedEmployee(id, name, Optional.ofNullable(email), Optional.ofNullable(extension), true);
    }
}
