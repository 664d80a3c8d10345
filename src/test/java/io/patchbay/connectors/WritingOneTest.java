package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.workshop.ConnectorCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/connectors/writing-one.md builds a whole connector: its blocks are written to a folder and held to the suite. */
class WritingOneTest {

    private static final Path PAGE = Path.of("docs/connectors/writing-one.md");
    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+ (\\S+)\\n(.*?)^```$");

    @TempDir
    static Path connectors;

    private static ContractBench bench;

    @BeforeAll
    static void buildIt() throws IOException {
        for (var found = FILE.matcher(Files.readString(PAGE)); found.find(); ) {
            var file = connectors.resolve("paper").resolve(found.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, found.group(2));
        }
        bench = ContractBench.of(connectors);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void isShort() throws IOException {
        assertThat(Files.readAllLines(PAGE)).hasSizeLessThan(150);
    }

    @Test
    void endsWithAConnectorThatTheCheckFindsNothingAgainst() {
        var said = new StringWriter();

        var code = ConnectorCommand.run(
                new String[] {"connector", "check", connectors.resolve("paper").toString()},
                new PrintWriter(said, true));

        assertThat(said.toString()).endsWith("Paper CRM: 4 operations, 7 told cases, all is well.\n");
        assertThat(code).isZero();
    }

    @TestFactory
    DynamicNode endsWithAConnectorThatKeepsItsPromises() {
        return new ContractSuite(bench, connectors).connector("paper");
    }
}
