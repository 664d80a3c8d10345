package io.patchbay.connectors.beeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.call.NumberPlan;
import io.patchbay.journal.FactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each example event gives the facts that stand beside it. After a wanted change they are written anew with
 * {@code -DargLine.format=-Dpatchbay.examples=true} and reviewed.
 */
class BeelineExamplesTest {

    private static final Path EXAMPLES = Path.of("connectors/beeline/examples");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @TestFactory
    Stream<DynamicTest> everyExampleGivesItsFacts() throws IOException {
        return events(EXAMPLES).stream()
                .map(event -> dynamicTest(event.getFileName().toString(), () -> {
                    var expected =
                            event.resolveSibling(event.getFileName().toString().replace(".xml", ".facts.json"));
                    var given = Decoding.of(Files.readAllBytes(event)).output();
                    if (Boolean.getBoolean("patchbay.examples")) {
                        Files.writeString(expected, JSON.writeValueAsString(given) + "\n");
                    }

                    assertThat(given).isEqualTo(JSON.readTree(expected));
                }));
    }

    /** Of the platform in general: other operators' kinds of events must not stop the feed. */
    @TestFactory
    Stream<DynamicTest> everyEventOfThePlatformIsUnderstoodOrIgnoredWithAReason() throws IOException {
        return events(Path.of("src/test/resources/xsi")).stream()
                .map(event -> dynamicTest(event.getFileName().toString(), () -> {
                    var output = Decoding.of(Files.readAllBytes(event)).output();

                    var understood =
                            output.path("facts").size() + output.path("events").size();
                    assertThat(understood > 0).isEqualTo(output.path("ignored").isMissingNode());
                    assertThat(output.path("facts"))
                            .allSatisfy(fact -> assertThat(FactJson.read(fact, 1, new NumberPlan("US")))
                                    .isNotNull());
                }));
    }

    private static List<Path> events(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var events = files.filter(f -> f.getFileName().toString().matches("event-.*\\.xml"))
                    .sorted()
                    .toList();
            assertThat(events).hasSizeGreaterThan(15);
            return events;
        }
    }
}
