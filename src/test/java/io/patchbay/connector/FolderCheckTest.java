package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Whatever is wrong in a folder is told with its file, its line and what to do; the other connectors work. */
class FolderCheckTest {

    @TempDir
    Path connectors;

    private Path parrot;

    @BeforeEach
    void copy() throws IOException {
        parrot = connectors.resolve("parrot");
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kit-connectors/parrot"), parrot);
        FileSystemUtils.copyRecursively(
                Path.of("src/test/resources/kit-connectors/keyring"), connectors.resolve("keyring"));
    }

    @Test
    void findsNothingInAFolderThatIsRight() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void leavesTheOthersInUse() throws IOException {
        change("connector.yaml", "id: parrot", "id: [");

        assertThat(problems()).singleElement().asString().startsWith("connector.yaml, line ");
        assertThat(Connectors.in(connectors).find("keyring")).isPresent();
    }

    @Test
    void namesTheLineOfAMappingThatDoesNotCompile() throws IOException {
        write("mappings/check.answer.jslt", "{\n  \"a\": .b,\n  \"c\" .d\n}");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).isEqualTo("mappings/check.answer.jslt"))
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
    }

    @Test
    void namesTheImportedFileThatDoesNotCompile() throws IOException {
        write("mappings/_phones.jslt", "def plain(number)\n  digits(($number)");

        assertThat(problems()).extracting(Problem::file).containsOnly("mappings/_phones.jslt");
    }

    @Test
    void knowsWhichSettingsAMappingMayUse() throws IOException {
        write(
                "mappings/check.request.jslt",
                "// .settings.other is only talked of\n"
                        + "{\"path\": \"/account/\" + .settings.onwer,\n"
                        + " \"query\": {\"t\": .settings.token}}");

        assertThat(problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "mappings/check.request.jslt, line 2: uses .settings.onwer, which is not under settings of"
                                + " connector.yaml.",
                        "mappings/check.request.jslt, line 3: uses .settings.token, but a mapping never sees a secret."
                                + " Let auth send it.");
    }

    @Test
    void acceptsOnlyIconsThatCanDoNothing() throws IOException {
        for (var active : List.of(
                "<script>alert(1)</script>",
                "<rect onload=\"x()\"/>",
                "<use href=\"https://evil.test/x.svg#a\"/>",
                "<foreignObject/>",
                "<rect style=\"fill:url(https://evil.test)\"/>",
                "<image xlink:href=\"x.png\"/>")) {
            write("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n" + active + "\n</svg>");
            assertThat(problems()).as(active).singleElement().satisfies(problem -> {
                assertThat(problem.file()).isEqualTo("icon.svg");
                assertThat(problem.line()).isEqualTo(2);
            });
        }
        write("icon.svg", "<svg><defs><linearGradient id=\"g\"/></defs><rect fill=\"url(#g)\"/></svg>");
        assertThat(problems()).isEmpty();
    }

    @Test
    void wantsBothLanguages() throws IOException {
        change("strings/ru.properties", "error.PAID", "error.OTHER");

        assertThat(problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "strings/ru.properties, error.PAID: is missing.",
                        "strings/en.properties, error.OTHER: is missing.");
    }

    @Test
    void holdsOperationsAgainstTheKindAndOneAnother() throws IOException {
        change(
                "connector.yaml",
                "check, decode-hook, find-client",
                "check, decode-hook, open-call, originate, find-client");

        assertThat(problems())
                .extracting(Problem::toString)
                .contains(
                        "connector.yaml, line 4, can: open-call is of no use without close-call. Add it.",
                        "connector.yaml, line 4, can: originate is nothing that a crm does. Take it out, or correct"
                                + " kind.");
    }

    @Test
    void knowsWhatAConditionCanBe() throws IOException {
        change(
                "connector.yaml",
                "token: {type: secret",
                "way: {type: choice, of: [a, b]}\n  token: {shownWhen: {way: c, wya: a}, type: secret");
        write(
                "strings/en.properties",
                Files.readString(parrot.resolve("strings/en.properties")) + "\nsettings.way.label=Way");
        write(
                "strings/ru.properties",
                Files.readString(parrot.resolve("strings/ru.properties")) + "\nsettings.way.label=Way");

        assertThat(problems())
                .extracting(Problem::text)
                .containsExactlyInAnyOrder(
                        "is c, which way can never be. It is one of a, b.",
                        "names the setting wya, which is not under settings.");
    }

    @Test
    void readsTheGrade() throws IOException {
        write("grade.yaml", "basic:\n  contract-suite: done\n  sources: perhaps\n  beauty: done\n");

        assertThat(problems())
                .extracting(Problem::toString)
                .contains(
                        "grade.yaml, line 3, basic.sources: must be done, {todo: why} or {exempt: why}.",
                        "grade.yaml, line 4, basic.beauty: is no rule of the scale. Rules: contract-suite,"
                                + " tried-before-saved, errors-explained, sources, no-secret-in-log.");
    }

    private List<Problem> problems() {
        return Connectors.in(connectors).setAside().getOrDefault("parrot", List.of());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(parrot.resolve(file), text);
    }

    private void change(String file, String from, String to) throws IOException {
        var text = Files.readString(parrot.resolve(file));
        assertThat(text).contains(from);
        write(file, text.replace(from, to));
    }
}
