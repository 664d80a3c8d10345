package io.patchbay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Grade;
import io.patchbay.connector.Operation;
import io.patchbay.workshop.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of connectors is made from their folders, so that it cannot say what they do not. */
class ConnectorTableTest {

    private static final Path README = Path.of("README.md");
    private static final Path FOLDER = Path.of("connectors");
    private static final String BEGIN =
            "<!-- connectors: made by ConnectorTableTest, -Dpatchbay.write=true writes it -->";
    private static final String END = "<!-- /connectors -->";

    @Test
    void saysWhatTheFoldersSay() throws IOException {
        var readme = Files.readString(README);
        var begin = readme.indexOf(BEGIN);
        var end = readme.indexOf(END);
        assertThat(begin).as(BEGIN + " in README.md").isNotNegative();
        var wanted = BEGIN + "\n\n" + table() + "\n" + END;
        if (Boolean.getBoolean("patchbay.write")) {
            Files.writeString(README, readme.substring(0, begin) + wanted + readme.substring(end + END.length()));
        } else {
            assertThat(readme.substring(begin, end + END.length()))
                    .as("README.md, table of connectors; -Dpatchbay.write=true writes it")
                    .isEqualTo(wanted);
        }
    }

    @Test
    void noGradeClaimsWhatIsNotThere() {
        for (var connector : connectors()) {
            var rules = connector.grade().rules();
            assertThat(rules).as("connectors/" + connector + "/grade.yaml").isNotEmpty();
            if (rules.get("contract-suite").standing() == Grade.Standing.DONE) {
                var contract = Contract.of(FOLDER.resolve(connector.id()));
                assertThat(connector.can())
                        .as(connector + ": each operation has told cases or a test")
                        .allMatch(operation -> contract.provenBy(operation).isPresent()
                                || contract.good(operation).isPresent());
            }
            if (rules.get("tried-before-saved").standing() == Grade.Standing.DONE) {
                assertThat(connector.declares(Operation.CHECK))
                        .as(connector + " can check")
                        .isTrue();
            }
            if (rules.get("closes-gaps").standing() == Grade.Standing.DONE && connector.kind() == Connector.Kind.PBX) {
                assertThat(connector.declares(Operation.LIST_CALLS))
                        .as(connector + " can list calls")
                        .isTrue();
            }
        }
    }

    private static List<Connector> connectors() {
        var all = Connectors.in(FOLDER);
        assertThat(all.setAside()).isEmpty();
        return all.all();
    }

    private static String table() {
        return connectors().stream()
                .map(ConnectorTableTest::row)
                .collect(Collectors.joining(
                        "",
                        "| connector | kind | operations | grade | told cases | still to do |\n"
                                + "|---|---|---|---|---|---|\n",
                        ""));
    }

    private static String row(Connector connector) {
        var operations = connector.can().stream().sorted().map(Operation::word).collect(Collectors.joining(", "));
        var level = connector.grade().level().map(Grade.Level::word).orElse("none yet");
        var todo = connector.grade().reasons(Grade.Standing.TODO).entrySet().stream()
                .map(rule -> rule.getKey() + ": " + rule.getValue())
                .collect(Collectors.joining("; "));
        return "| [%s](connectors/%s/README.md) | %s | %s | %s | %d | %s |\n"
                .formatted(
                        connector.title(),
                        connector.id(),
                        connector.kind().word().toUpperCase(Locale.ROOT),
                        operations,
                        level,
                        Contract.of(FOLDER.resolve(connector.id())).cases().size(),
                        todo.isEmpty() ? "-" : todo);
    }
}
