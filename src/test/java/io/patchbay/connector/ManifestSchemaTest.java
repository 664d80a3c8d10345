package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/** What an editor says of a manifest by the published schema, and what the hub says at its start, is the same. */
class ManifestSchemaTest {

    private static final Path PARROT = Path.of("src/test/resources/kit-connectors/parrot");

    @TempDir
    Path folder;

    static Stream<Path> manifests() throws IOException {
        var all = new ArrayList<Path>();
        for (var root : List.of(Path.of("connectors"), Path.of("src/test/resources/kit-connectors"))) {
            try (var folders = Files.list(root)) {
                folders.map(one -> one.resolve("connector.yaml"))
                        .filter(Files::exists)
                        .forEach(all::add);
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void acceptsEveryConnector(Path manifest) throws IOException {
        assertThat(bySchema(Files.readString(manifest))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kind: crm               | kind: bird                                  | kind
        kind: crm               | kind: crm\\ncolour: red                      | colour
        check, decode-hook      | check, fly                                  | can[1]
        capacity: 50            | capacity: 0                                 | pace[0]
        per: 1s                 | per: soon                                   | pace[0].per
        connect: 2s             | connected: 2s                               | timeouts.connected
        maxAnswer: 1MB          | maxAnswer: huge                             | maxAnswer
        rename-host             | follow                                      | redirects
        [/message]              | [message]                                   | errorText[0]
        kind: header            | kind: magic                                 | auth[0].kind
        name: X-Parrot-Token,   | names: X-Parrot-Token,                      | auth[0].name
        is: not-supported       | is: sad                                     | verdicts[0].is
        {status: [400], code: N | {code: N                                    |
        type: number            | type: integer                               | settings.owner.type
        type: number            | type: choice                                | settings.owner.of
        required: true}         | required: true, default: x}                 | settings.token.default
        required: true          | required: 'yes'                             | settings.token.required
        "[a-z0-9-]+"            | "[a-z"                                      | settings.subdomain.pattern
        hookSecrets: [token]    | hookSecrets: token                          | hookSecrets
        """)
    void refusesWhatTheHubRefuses(String right, String wrong, String field) throws IOException {
        var manifest = Files.readString(PARROT.resolve("connector.yaml"));
        assertThat(manifest).contains(right);
        manifest = manifest.replace(right, wrong.replace("\\n", "\n"));

        var problems = byHub(manifest);

        assertThat(bySchema(manifest).isEmpty()).as("by the schema").isEqualTo(field == null);
        if (field == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).extracting(Problem::field).contains(field);
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.line()).isPositive());
        }
    }

    @Test
    void knowsExactlyTheKeysTheHubKnows() throws IOException {
        var said = byHub(Files.readString(PARROT.resolve("connector.yaml")) + "\nnonsense: 1\n")
                .getFirst();
        var schema = YamlDocument.of(Files.readString(SCHEMA))
                .tree()
                .path("properties")
                .propertyNames();

        assertThat(said.line())
                .isEqualTo(YamlDocument.of(Files.readString(PARROT.resolve("connector.yaml")) + "\nnonsense: 1\n")
                        .line("nonsense"));
        assertThat(said.text().replaceAll(".*Known: |\\.$", "").split(", "))
                .containsExactlyInAnyOrderElementsOf(schema);
    }

    private static final Path SCHEMA = Path.of("docs/connectors/connector.schema.json");

    private static List<String> bySchema(String manifest) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        return schema
                .validate(
                        manifest,
                        InputFormat.YAML,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private List<Problem> byHub(String manifest) throws IOException {
        FileSystemUtils.copyRecursively(PARROT, folder.resolve("parrot"));
        Files.writeString(folder.resolve("parrot/connector.yaml"), manifest);
        return Connectors.in(folder).setAside().getOrDefault("parrot", List.of());
    }
}
