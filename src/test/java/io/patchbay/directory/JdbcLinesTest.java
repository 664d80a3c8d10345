package io.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TestDatabase;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcLinesTest {

    @ParameterizedTest
    @EnumSource
    void replacesTheLinesOfOneConnectionUnlessTheAnswerIsEmpty(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var lines = new JdbcLines(database.jdbc());
            lines.replace(8, Set.of("+74950000200"));

            assertThat(lines.replace(7, Set.of("+74950000100", "+74950000101", " ")))
                    .isTrue();
            assertThat(lines.replace(7, Set.of("+74950000101", "+74950000102"))).isTrue();
            assertThat(lines.replace(7, Set.of())).isFalse();

            assertThat(lines.of(7)).containsExactly("+74950000101", "+74950000102");
            assertThat(lines.of(8)).containsExactly("+74950000200");
        }
    }
}
