package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.Audits;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class UsersTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    @ParameterizedTest
    @EnumSource
    void knowsAPersonByLoginInAnyCaseAndByTheirPassword(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var users = users(database);
            users.create(COMPANY, "Anna@Example.org", "Anna", Role.OWNER, Password.of("correct horse battery"));

            assertThat(users.signIn("anna@example.org ", "correct horse battery"))
                    .isPresent();
            assertThat(users.signIn("anna@example.org", "correct horse batterY"))
                    .isEmpty();
            assertThat(users.signIn("nobody@example.org", "correct horse battery"))
                    .isEmpty();
            assertThat(users.signIn("anna@example.org", "x".repeat(10_000))).isEmpty();
            assertThat(database.jdbc()
                            .sql("SELECT password_hash FROM app_user")
                            .query(String.class)
                            .single())
                    .startsWith("$2a$")
                    .doesNotContain("horse");
            assertThat(users.create(COMPANY, "anna@example.org", "Other", Role.ADMIN, Password.of("another password")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void alwaysKeepsAnOwnerWhoCanSignIn(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var users = users(database);
            var anna = users.create(COMPANY, "anna", "Anna", Role.OWNER, Password.of("correct horse battery"))
                    .orElseThrow();

            assertThat(users.change(anna, Role.OWNER, Optional.empty(), false)).isEqualTo(Users.Outcome.LAST_OWNER);
            assertThat(users.change(anna, Role.ADMIN, Optional.empty(), true)).isEqualTo(Users.Outcome.LAST_OWNER);
            assertThat(users.find(COMPANY, anna.id())).contains(anna);

            users.create(COMPANY, "boris", "Boris", Role.OWNER, Password.of("correct horse battery"));
            assertThat(users.change(anna, Role.ADMIN, Optional.empty(), true)).isEqualTo(Users.Outcome.SAVED);
            assertThat(users.find(COMPANY, anna.id()).orElseThrow().role()).isEqualTo(Role.ADMIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoOwnersCannotSwitchEachOtherOffAtOnce(TestDatabase.Kind kind) throws Exception {
        try (var database = TestDatabase.of(kind);
                var pool = Executors.newFixedThreadPool(2)) {
            var users = users(database);
            var owners = Stream.of("anna", "boris")
                    .map(login -> users.create(COMPANY, login, login, Role.OWNER, Password.of("correct horse battery"))
                            .orElseThrow())
                    .toList();
            var together = new CyclicBarrier(2);

            var outcomes = pool.invokeAll(owners.stream()
                    .<Callable<Users.Outcome>>map(owner -> () -> {
                        together.await();
                        return users.change(owner, Role.OWNER, Optional.empty(), false);
                    })
                    .toList());

            assertThat(outcomes)
                    .extracting(Future::get)
                    .containsExactlyInAnyOrder(Users.Outcome.SAVED, Users.Outcome.LAST_OWNER);
        }
    }

    private static Users users(TestDatabase database) {
        return new Users(
                database.jdbc(),
                database.transactions(),
                new BCryptPasswordEncoder(4),
                Audits.in(database),
                Clock.systemUTC());
    }

    @Test
    void wantsAPasswordOfTwelveCharactersThatBcryptReadsWhole() {
        assertThat(Password.flaw("elevenchars")).contains(Password.Flaw.TOO_SHORT);
        assertThat(Password.flaw("twelve chars")).isEmpty();
        assertThat(Password.flaw("двенадцатьбукв")).isEmpty();
        assertThat(Password.flaw("ж".repeat(37))).contains(Password.Flaw.TOO_LONG);
        assertThatThrownBy(() -> Password.of("short")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Password.of("twelve chars")).hasToString("***");
    }
}
