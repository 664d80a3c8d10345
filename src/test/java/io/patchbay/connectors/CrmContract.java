package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One caller and one call, asked of a CRM by each operation: what the contract tests of CRMs with contacts, leads and calls have in common. */
abstract class CrmContract {

    static final String CALL = """
        {"id": "c-1", "key": "pbx-77", "direction": "%s", "result": "%s", "clientNumber": "+79123123210",
         "clientNational": "9123123210", "clientNumberKind": "PHONE", "line": "+74950000100",
         "startedAt": "2026-03-09T10:30:00+03:00", "startedAtEpoch": 1773041400, "talkSeconds": %d,
         "url": "https://hub.example.com/calls/c-1"}\
        """;
    static final String ANSWERED = CALL.formatted("INBOUND", "ANSWERED", 148);
    static final String RECORDING = "{\"url\": \"https://hub.example.com/r/1.mp3?a=1&b=2\"}";

    final MovableClock clock = new MovableClock(ConnectorBench.START);
    ConnectorBench bench;

    @AfterEach
    void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    List<JsonNode> find() {
        return clients("+79123123210", "9123123210");
    }

    List<JsonNode> clients(String number, String national) {
        return bench.run(
                        Operation.FIND_CLIENT, "{\"number\": \"%s\", \"national\": \"%s\"}".formatted(number, national))
                .path("clients")
                .valueStream()
                .toList();
    }

    static String create(String name) {
        return """
            {"number": "+79123123210", "national": "9123123210", "name": "%s", "employee": {"id": "7"}, "call": %s}\
            """.formatted(name, ANSWERED);
    }

    JsonNode log(String call, String client, String kind, String recording) {
        return bench.run(Operation.LOG_CALL, """
            {"call": %s, "employee": {"id": "7"}, "recording": %s, "client": %s}\
            """.formatted(call, recording, client(client, kind)));
    }

    JsonNode task(String client, String kind, String title) {
        return bench.run(Operation.CREATE_TASK, """
            {"call": %s, "employee": {"id": "7"}, "title": "%s", "deadline": "2026-03-09T12:30:00+03:00",
             "deadlineEpoch": 1773048600, "client": %s}\
            """.formatted(ANSWERED, title, client(client, kind)));
    }

    static String client(String id, String kind) {
        return id.isEmpty()
                ? "null"
                : JsonMapper.shared().writeValueAsString(Map.of("kind", kind, "id", id, "name", "Иван"));
    }

    void attach(String logged, String recording) {
        bench.run(
                Operation.ATTACH_RECORDING,
                "{\"call\": %s, \"logged\": \"%s\", \"recording\": %s}".formatted(ANSWERED, logged, recording));
    }

    JsonNode looked(String kind) {
        return bench.run(Operation.FIND_LOGGED_CALL, "{\"call\": %s, \"kind\": \"%s\"}".formatted(ANSWERED, kind));
    }

    static List<String> rights(JsonNode checked, boolean ok) {
        return checked.path("rights")
                .valueStream()
                .filter(right -> right.path("ok").asBoolean() == ok)
                .map(right -> right.path("right").asString())
                .toList();
    }

    static ConnectorException assertFault(Fault fault, String code, Runnable work) {
        var thrown = catchThrowableOfType(ConnectorException.class, work::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.fault()).isEqualTo(fault);
        assertThat(thrown.code()).isEqualTo(code);
        return thrown;
    }
}
