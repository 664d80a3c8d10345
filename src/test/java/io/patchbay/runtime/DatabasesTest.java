package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabasesTest {

    @ParameterizedTest
    @EnumSource
    void migratesAndKnowsTheFirstCompany(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var title = database.jdbc()
                    .sql("SELECT title FROM company WHERE id = 1")
                    .query(String.class)
                    .single();

            assertThat(title).isEqualTo("Company");
        }
    }
}
