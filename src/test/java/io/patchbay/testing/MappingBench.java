package io.patchbay.testing;

import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs one mapping without Camel: {@code MappingBench.of("amocrm").run("find-client.request", """
 * {"input": {"number": "+79000001234"}}""")}.
 */
public final class MappingBench {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connector connector;

    private MappingBench(Connector connector) {
        this.connector = connector;
    }

    /** A connector on the class path, i.e. of the folder {@code connectors/}. */
    public static MappingBench of(String connector) {
        return new MappingBench(ConnectorBench.usable(Connectors.onClassPath(), connector));
    }

    /** A connector in another folder of connectors. */
    public static MappingBench of(Path folder, String connector) {
        return new MappingBench(ConnectorBench.usable(Connectors.in(folder), connector));
    }

    /** @param view what the mapping sees: {@code {"input", "settings", "answer", "status", "kept"}} */
    public JsonNode run(String mapping, JsonNode view) {
        return connector.mappings().find(mapping).orElseThrow().apply(view);
    }

    public JsonNode run(String mapping, String view) {
        return run(mapping, JSON.readTree(view));
    }
}
