package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.company.CompanyId;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.fields.FieldMap;
import io.patchbay.fields.FieldMaps;
import io.patchbay.fields.FieldsJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A mapping never loses a call. */
class MappedTargetTest {

    private static final JsonNode INPUT = json("{\"call\": {\"line\": \"+7900\"}}");

    private final List<JsonNode> asked = new ArrayList<>();
    private Fault fault = Fault.OURS;
    private boolean refusesFields;
    private String map = "{\"fields\": [{\"operation\": \"log-call\", \"to\": \"LINE\", \"from\": \"call.line\"}]}";

    private final Target target = new MappedTarget(
            (connection, operation, input) -> {
                asked.add(input);
                if (refusesFields && input.has("fields")) {
                    throw new ConnectorException(fault, "There is no field LINE.");
                }
                return json("{\"id\": \"1\"}");
            },
            new FieldMaps() {
                @Override
                public FieldMap of(long connection) {
                    return FieldsJson.read(json(map)).map();
                }

                @Override
                public void replace(CompanyId company, long connection, FieldMap other) {
                    throw new UnsupportedOperationException();
                }
            });

    @Test
    void handsTheFieldsToTheConnector() {
        var output = target.run(8, Operation.LOG_CALL, INPUT);

        assertThat(asked).containsExactly(json("{\"call\": {\"line\": \"+7900\"}, \"fields\": {\"LINE\": \"+7900\"}}"));
        assertThat(output.has("warning")).isFalse();
        target.run(8, Operation.CREATE_TASK, INPUT);
        assertThat(asked.getLast()).isEqualTo(INPUT);
    }

    @Test
    void doesTheWorkWithoutThemWhenTheTargetRefusesThem() {
        refusesFields = true;
        fault = Fault.REFUSED;

        var output = target.run(8, Operation.LOG_CALL, INPUT);

        assertThat(output.path("id").asString()).isEqualTo("1");
        assertThat(output.path("warning").asString()).contains("There is no field LINE.");
        assertThat(asked.getLast()).isEqualTo(INPUT);
    }

    @Test
    void doesNothingTwiceWhenItIsNotKnownWhetherItWasDone() {
        refusesFields = true;
        fault = Fault.UNREACHABLE;

        assertThatThrownBy(() -> target.run(8, Operation.LOG_CALL, INPUT)).isInstanceOf(ConnectorException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void doesTheWorkWithoutARowThatFails() {
        map = "{\"fields\": [{\"operation\": \"log-call\", \"to\": \"BAD\", \"expression\": \"error(\\\"no\\\")\"}]}";

        var output = target.run(8, Operation.LOG_CALL, INPUT);

        assertThat(asked).containsExactly(INPUT);
        assertThat(output.path("warning").asString()).contains("BAD");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
