package io.patchbay.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder under connectors/ does what its connector.yaml declares, and cleanly refuses the rest. Folders are found, never listed; what a
 * target says stands in {@code contract/} of the folder (docs/connectors/kit.md).
 *
 * <p>{@code -Dconnector=amocrm} runs one connector, and {@code -Doperation=log-call} one operation.
 */
class ContractSuiteTest {

    private static final Path CONNECTORS = Path.of("connectors");
    private static ContractBench bench;

    @BeforeAll
    static void start() {
        bench = ContractBench.of(CONNECTORS);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @TestFactory
    Stream<DynamicNode> keepsItsPromises() throws IOException {
        try (var folders = Files.list(CONNECTORS)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("connector.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(id -> System.getProperty("connector", id).equals(id))
                    .sorted()
                    .toList()
                    .stream()
                    .map(new ContractSuite(bench, CONNECTORS)::connector);
        }
    }
}
