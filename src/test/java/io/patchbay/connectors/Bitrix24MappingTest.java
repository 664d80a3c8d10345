package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.MappingBench;
import org.junit.jupiter.api.Test;

class Bitrix24MappingTest {

    private final MappingBench mappings = MappingBench.of("bitrix24");

    @Test
    void leavesOutAnEmptyExtension() {
        var out = mappings.run("list-employees.answer", """
            {"answer": {"result": [
              {"ID": "1", "ACTIVE": true, "NAME": "Анна", "LAST_NAME": "Смирнова", "UF_PHONE_INNER": " 10-1 "},
              {"ID": "2", "ACTIVE": true, "NAME": "", "LAST_NAME": "", "EMAIL": "b@example.com", "UF_PHONE_INNER": ""},
              {"ID": "3", "ACTIVE": true, "TIMESTAMP_X": {}}], "next": 50}}\
            """);

        assertThat(out.at("/employees/0/extension").asString()).isEqualTo("101");
        assertThat(out.at("/employees/0/name").asString()).isEqualTo("Анна Смирнова");
        assertThat(out.at("/employees/1").has("extension")).isFalse();
        assertThat(out.at("/employees/1/name").asString()).isEqualTo("b@example.com");
        assertThat(out.at("/employees/2/name").asString()).isEqualTo("User 3");
        assertThat(out.path("next").asString()).isEqualTo("50");
    }
}
