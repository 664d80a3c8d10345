package io.patchbay.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.Operation;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FieldMapTest {

    private static final JsonNode INPUT =
            json("{\"call\": {\"line\": \"+7900\", \"talkSeconds\": 148}, \"employees\": [{\"id\": \"7\"}]}");

    @Test
    void fillsFieldsWithConstantsOurFieldsAndExpressions() {
        var map = read("""
            {"fields": [
              {"operation": "log-call", "to": "SOURCE", "value": {"id": 5}},
              {"operation": "log-call", "to": "LINE", "from": "call.line"},
              {"operation": "log-call", "to": "WHO", "from": "employees.0.id"},
              {"operation": "log-call", "to": "NONE", "from": "call.nothing"},
              {"operation": "log-call", "to": "MINUTES", "expression": "round(.call.talkSeconds / 60)"},
              {"operation": "create-client", "to": "OTHER", "value": 1}]}
            """);

        var applied = map.apply(Operation.LOG_CALL, INPUT);

        assertThat(applied.values())
                .hasToString("{\"SOURCE\":{\"id\":5},\"LINE\":\"+7900\",\"WHO\":\"7\",\"MINUTES\":2}");
        assertThat(applied.failures()).isEmpty();
        assertThat(map.concerns(Operation.CREATE_TASK)).isFalse();
    }

    @Test
    void leavesOutWhatFailsAndKeepsTheRest() {
        var map = read("""
            {"fields": [
              {"operation": "log-call", "to": "BAD", "expression": "error(\\\"no\\\")"},
              {"operation": "log-call", "to": "ENDLESS", "expression": "def f(x) f($x) f(1)"},
              {"operation": "log-call", "to": "GOOD", "value": "x"}]}
            """);

        var applied = map.apply(Operation.LOG_CALL, INPUT);

        assertThat(applied.values()).isEqualTo(json("{\"GOOD\": \"x\"}"));
        assertThat(applied.failures()).extracting(FieldMap.Failure::to).containsExactly("BAD", "ENDLESS");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        var read = FieldsJson.read(json("""
            {"fields": [
              {"operation": "fly", "to": "A", "value": 1},
              {"operation": "log-call", "to": "", "value": 1},
              {"operation": "log-call", "to": "B", "value": 1, "from": "call.line"},
              {"operation": "log-call", "to": "C", "expression": ".call..line"},
              {"operation": "log-call", "to": "D", "from": "call.line"},
              {"operation": "log-call", "to": "D", "from": "call line"},
              {"operation": "log-call", "to": "E", "value": 1, "extra": true}]}
            """));

        assertThat(read.problems())
                .extracting(FieldsJson.Problem::field)
                .containsExactly(
                        "fields[0].operation",
                        "fields[1].to",
                        "fields[2]",
                        "fields[3].expression",
                        "fields[5].to",
                        "fields[5].from",
                        "fields[6].extra");
        assertThat(read.map().rows()).extracting(FieldRow::to).containsExactly("D");
        assertThat(FieldsJson.read(json("[]")).problems()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isKeptAsItWasWritten(TestDatabase.Kind kind) {
        try (var database = TestDatabase.of(kind)) {
            var maps = new JdbcFieldMaps(database.jdbc(), new MovableClock(Instant.EPOCH));
            var map = read("""
                {"fields": [{"operation": "log-call", "to": "MINUTES", "expression": ".call.talkSeconds / 60"},
                  {"operation": "log-call", "to": "LINE", "from": "call.line"}, {"operation": "log-call", "to": "X", "value": [1]}]}
                """);
            assertThat(maps.of(7)).isEqualTo(FieldMap.EMPTY);

            maps.replace(new CompanyId(1), 7, map);
            maps.replace(new CompanyId(1), 7, map);

            assertThat(FieldsJson.write(maps.of(7))).isEqualTo(FieldsJson.write(map));
            assertThat(maps.of(8)).isEqualTo(FieldMap.EMPTY);
        }
    }

    private static FieldMap read(String text) {
        var read = FieldsJson.read(json(text));
        assertThat(read.problems()).isEmpty();
        return read.map();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
