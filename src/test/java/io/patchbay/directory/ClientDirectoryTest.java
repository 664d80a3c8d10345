package io.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Extension;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.Client.Field;
import io.patchbay.directory.ClientDirectory.Written;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientDirectoryTest {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final long CRM = 8;
    private static final long SHOP = 9;
    private static final PhoneNumber MOBILE = number("+79000001235");
    private static final PhoneNumber OFFICE = number("+74950000100");

    /** One company, two systems, and the employee Anna whom both know. */
    private static final class Office implements AutoCloseable {

        private final TestDatabase database;
        private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T07:00:00Z"));
        private final JdbcEmployees employees;
        private final ClientDirectory directory;
        private final EmployeeId anna;
        private final EmployeeId boris;

        Office(TestDatabase.Kind kind) {
            database = TestDatabase.of(kind);
            employees = new JdbcEmployees(database.jdbc(), clock);
            directory = new ClientDirectory(new ClientRows(database.jdbc(), clock), employees);
            anna = employee("Anna", "201", "3");
            boris = employee("Boris", "202", "4");
        }

        private EmployeeId employee(String name, String extension, String inCrm) {
            var id = employees
                    .add(COMPANY, name, Optional.empty(), Optional.of(new Extension(extension)), true)
                    .id();
            employees.tie(id, CRM, inCrm);
            employees.tie(id, SHOP, inCrm);
            return id;
        }

        Client tell(long connection, String id, String name, String owner, PhoneNumber... numbers) {
            clock.advance(java.time.Duration.ofSeconds(1));
            var card = new ClientRecord("contact", id, name, Optional.empty(), Optional.ofNullable(owner));
            var client = database.transactions()
                    .execute(status ->
                            directory.told(COMPANY, connection, new ListedClient(card, List.of(numbers), false)));
            return directory.find(COMPANY, client).orElseThrow();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneClientOfWhatTwoSystemsSayOfANumber(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            var first = office.tell(CRM, "17", "Ivan Petrov", "3", MOBILE);
            var second = office.tell(SHOP, "900", "", null, MOBILE, OFFICE);

            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.name()).isEqualTo("Ivan Petrov");
            assertThat(second.owner()).contains(office.anna);
            assertThat(second.numbers()).containsExactly(OFFICE, MOBILE);
            assertThat(second.accounts()).extracting(Client.Account::connection).containsExactly(SHOP, CRM);
            assertThat(office.directory.of(COMPANY, OFFICE)).map(Client::id).contains(first.id());
            assertThat(office.directory.of(new CompanyId(2), OFFICE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsWhoeverToldLastUnlessTheCompanySaysOtherwise(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            office.tell(CRM, "17", "Ivan", "3", MOBILE);

            var client = office.tell(SHOP, "900", "Ivan Petrov", "4", MOBILE);

            assertThat(client.name()).isEqualTo("Ivan Petrov");
            assertThat(client.owner()).contains(office.boris);
        }
    }

    @ParameterizedTest
    @EnumSource
    void believesTheMasterAndLetsTheOthersFillIn(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            office.directory.setPolicy(COMPANY, new ClientPolicy.Master(CRM));
            office.tell(CRM, "17", "Ivan", null, MOBILE);

            var told = office.tell(SHOP, "900", "Other", "4", MOBILE);
            assertThat(told.name()).isEqualTo("Ivan");
            assertThat(told.owner()).contains(office.boris);

            assertThat(office.tell(CRM, "17", "Ivan P.", "3", MOBILE))
                    .extracting(Client::name, Client::owner)
                    .containsExactly("Ivan P.", Optional.of(office.anna));
            assertThat(office.directory.of(COMPANY, MOBILE).orElseThrow().accounts())
                    .first()
                    .extracting(Client.Account::connection)
                    .isEqualTo(CRM);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksAPersonAndRemembersTheAnswer(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            office.directory.setPolicy(COMPANY, new ClientPolicy.Ask());
            office.tell(CRM, "17", "Ivan", "3", MOBILE);

            var asked = office.tell(SHOP, "900", "Petr", "4", MOBILE);
            assertThat(asked.name()).isEqualTo("Ivan");
            assertThat(asked.owner()).contains(office.anna);
            assertThat(asked.questions())
                    .containsExactly(
                            new Client.Question(Field.NAME, SHOP, "Petr"),
                            new Client.Question(Field.OWNER, SHOP, office.boris.toString()));

            assertThat(office.directory.answer(COMPANY, asked.id(), Field.NAME, SHOP, false))
                    .isTrue();
            assertThat(office.directory.answer(COMPANY, asked.id(), Field.OWNER, SHOP, true))
                    .isTrue();
            assertThat(office.directory.answer(new CompanyId(2), asked.id(), Field.OWNER, SHOP, true))
                    .isFalse();

            var after = office.tell(SHOP, "900", "Petr", "3", MOBILE);
            assertThat(after.name()).isEqualTo("Ivan");
            assertThat(after.owner()).contains(office.boris);
            assertThat(after.questions()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAPersonWrote(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            var known = office.tell(CRM, "17", "Ivan", "3", MOBILE);
            office.directory
                    .save(
                            COMPANY,
                            known.id(),
                            new Written("Ivan the Great", Optional.of(office.boris), true, List.of(MOBILE, OFFICE)))
                    .orElseThrow();

            var told = office.tell(CRM, "17", "Ivan", "3", MOBILE);

            assertThat(told.name()).isEqualTo("Ivan the Great");
            assertThat(told.owner()).contains(office.boris);
            assertThat(told.vip()).isTrue();
            assertThat(told.numbers()).contains(OFFICE);
            assertThat(office.directory.save(
                            new CompanyId(2), known.id(), new Written("X", Optional.empty(), false, List.of())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesANumberForNoName(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            assertThat(office.tell(CRM, "17", "+7 900 000-12-35", null, MOBILE).name())
                    .isEmpty();
            assertThat(office.tell(SHOP, "900", "Ivan", null, MOBILE).name()).isEqualTo("Ivan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsTwoClientsWhenASystemSaysThatBothNumbersAreOneMans(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            var one = office.tell(SHOP, "900", "Ivan", null, MOBILE);
            var other = office.tell(SHOP, "901", "Firm", null, OFFICE);
            assertThat(one.id()).isNotEqualTo(other.id());

            var joined = office.tell(CRM, "17", "Ivan Petrov", null, MOBILE, OFFICE);

            assertThat(joined.numbers()).containsExactly(OFFICE, MOBILE);
            assertThat(joined.accounts()).hasSize(3);
            assertThat(office.directory.search(COMPANY, "", Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTwoCardsOfOneSystemApartThatShareANumber(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            var ivan = office.tell(CRM, "17", "Ivan", null, MOBILE, OFFICE);
            var firm = office.tell(CRM, "18", "Firm", null, number("+74950000200"));

            var again = office.tell(CRM, "18", "Firm", null, number("+74950000200"), OFFICE);

            assertThat(again.id()).isEqualTo(firm.id()).isNotEqualTo(ivan.id());
            assertThat(office.directory.of(COMPANY, OFFICE)).map(Client::id).contains(firm.id());
            assertThat(office.directory.of(COMPANY, MOBILE)).map(Client::id).contains(ivan.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsByPartOfANameInAnyLettersAndByANumberInAnyForm(TestDatabase.Kind kind) {
        try (var office = new Office(kind)) {
            var ivan = office.tell(CRM, "17", "Иван ПЕТРОВ 100%", null, MOBILE);
            office.tell(CRM, "18", "Firm", null, OFFICE);

            for (var sought : List.of("петров", "ИВАН", "100%", "8 (900) 000-12-35", "00-12-35")) {
                assertThat(office.directory.search(COMPANY, sought, Long.MAX_VALUE, 10))
                        .as(sought)
                        .extracting(Client::id)
                        .containsExactly(ivan.id());
            }
            assertThat(office.directory.search(COMPANY, "_", Long.MAX_VALUE, 10))
                    .isEmpty();
            assertThat(office.directory.search(new CompanyId(2), "", Long.MAX_VALUE, 10))
                    .isEmpty();
            assertThat(office.directory.search(COMPANY, "", Long.MAX_VALUE, 1)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneClientHoweverManyTellOfHimAtOnce(TestDatabase.Kind kind) throws Exception {
        try (var office = new Office(kind);
                var threads = Executors.newFixedThreadPool(6)) {
            var card = new ClientRecord("contact", "17", "Ivan", Optional.empty(), Optional.empty());
            var told = threads.invokeAll(Collections.nCopies(20, (Callable<ClientId>) () -> office.database
                    .transactions()
                    .execute(status ->
                            office.directory.told(COMPANY, CRM, new ListedClient(card, List.of(MOBILE), false)))));
            var made = new HashSet<ClientId>();
            for (var each : told) {
                made.add(each.get());
            }
            assertThat(made).hasSize(1);
        }
    }

    private static PhoneNumber number(String e164) {
        return (PhoneNumber) new NumberPlan("RU").read(e164);
    }
}
