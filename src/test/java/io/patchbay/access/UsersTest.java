package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.testing.TestDatabase;
import java.time.Clock;
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
            var users = new Users(
                    database.jdbc(), database.transactions(), new BCryptPasswordEncoder(4), Clock.systemUTC());
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
