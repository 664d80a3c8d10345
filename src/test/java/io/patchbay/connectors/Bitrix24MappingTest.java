package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.MappingBench;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

class Bitrix24MappingTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decode-hook.call-start",
                "decode-hook.app-install",
                "close-call.missed",
                "create-client.simple-mode"
            })
    void givesWhatItsExamplesSay(String example) throws IOException {
        var told = JSON.readTree(
                new ClassPathResource("connectors/bitrix24/examples/" + example + ".json").getContentAsByteArray());

        // compared as text read again: 7 and 7L are the same number on the wire
        var given = JSON.readTree(
                mappings.run(told.path("mapping").asString(), told.path("view")).toString());

        assertThat(given).isEqualTo(told.path("gives"));
    }
}
