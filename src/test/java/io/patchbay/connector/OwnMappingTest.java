package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an administrator writes is told from what cannot be compiled, and can hurt nobody but its own connection. */
class OwnMappingTest {

    private static final Setting SETTING = new Setting(
            "map", Setting.Type.JSLT, false, Map.of(), Map.of(), Optional.empty(), "", List.of(), Optional.empty());

    @Test
    void aSettingTakesWhatCompiles() {
        assertThat(problem("{\"phone\": digits(.number)}")).isEmpty();
        assertThat(problem("{\"phone\": \"+79161234567\"}")).isEmpty(); // JSON is JSLT too
        assertThat(problem("{\"phone\": ")).contains(SettingProblem.Reason.NO_MAPPING);
        assertThat(problem("import \"_other.jslt\" as other\nother:f(.)")).contains(SettingProblem.Reason.NO_MAPPING);
    }

    @Test
    void saysWhereItIsWrong() {
        assertThat(OwnMapping.problem("{\n  \"phone\": nothing(.)\n}").orElseThrow())
                .contains("nothing");
    }

    @Test
    void tellsWhatItMakesAndWhyItMakesNothing() {
        var input = JsonNodeFactory.instance.objectNode().put("number", "8 (916) 123-45-67");

        assertThat(OwnMapping.apply("digits(.number)", input).toString()).isEqualTo("{\"value\":\"89161234567\"}");
        assertThat(OwnMapping.apply("null", input).toString()).isEqualTo("{\"value\":null}");
        assertThat(OwnMapping.apply("parse-time(.number, \"x\")", input)
                        .path("error")
                        .asText())
                .isNotEmpty();
        assertThat(OwnMapping.apply("def f(x) f($x) f(.)", input).path("error").asText())
                .isEqualTo("a function calls itself without an end");
    }

    private static Optional<SettingProblem.Reason> problem(String text) {
        return SETTING.problem(tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(text));
    }
}
