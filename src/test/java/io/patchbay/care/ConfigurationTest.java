package io.patchbay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.retention.Kept;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The configuration of one company is written down and read into another. */
class ConfigurationTest extends ConfigurationHub {

    @Test
    void comesOverWholeButForTheSecretsWhichAreNamed() {
        fill(from);
        var text = configuration.write(from);
        assertThat(text).doesNotContain("squawk").contains("parrot", "Our CRM", "token", "anna@example.org", "\"77\"");

        var preview = importer(to, text, false);
        assertThat(preview.path("applied").asBoolean()).isFalse();
        assertThat(texts(preview, "steps"))
                .contains(
                        "add the connection parrot/Our CRM, switched off",
                        "add the employee Anna",
                        "set how long what is kept");
        assertThat(texts(preview, "secrets")).contains("parrot/Our CRM: token");
        assertThat(connections.of(to)).as("a preview changes nothing").isEmpty();

        assertThat(importer(to, text, true).path("applied").asBoolean()).isTrue();

        var made = connections.of(to).getFirst();
        assertThat(made.enabled()).as("it waits for its secrets").isFalse();
        assertThat(made.settings().get("owner")).isEqualTo(JsonNodeFactory.instance.numberNode(9));
        var anna = employees.all(to).getFirst();
        assertThat(employees.idsOf(anna.id())).containsEntry(made.id().value(), "77");
        assertThat(retention.of(to)).containsEntry(Kept.RECORDINGS, 400);
        assertThat(texts(importer(to, text, true), "steps"))
                .as("done twice is done once")
                .isEmpty();

        secrets.keep(made.id(), "token", new Secret("squawk"));
        connections.change(made.id(), Connections.Change.enabled(true));
        assertThat(configuration.write(to)).as("the same order, the same text").isEqualTo(text);
        assertThat(texts(importer(to, text, true), "secrets")).isEmpty();
    }

    @Test
    void saysWhichLineIsWrongAndChangesNothing() {
        fill(from);
        var text = configuration.write(from);

        var wrong = importer(
                to,
                text.replace("connector: \"parrot\"", "connector: \"dodo\"")
                        .replace("recordings: 400", "recordings: -4"),
                true);

        assertThat(wrong.path("applied").asBoolean()).isFalse();
        assertThat(texts(wrong, "problems"))
                .anyMatch(problem -> problem.matches("line 4: there is no usable connector dodo"))
                .anyMatch(
                        problem -> problem.matches("line \\d+: recordings is no kind of data, or its days are wrong"));
        assertThat(connections.of(to)).isEmpty();
        assertThat(texts(importer(to, "patchbay: 1\nconnections: [", true), "problems"))
                .singleElement()
                .asString()
                .startsWith("line 2: ");
        assertThat(texts(importer(to, "a: b", true), "problems"))
                .singleElement()
                .asString()
                .contains("patchbay: 1");
        assertThat(texts(importer(to, text.replace("owner: 9", "owner: 9\n    token: \"open\""), true), "problems"))
                .anyMatch(problem -> problem.contains("token is a secret"));
    }

    @Test
    void changesOnlyWhatDiffersAndTakesNothingAwayThatTheTextDoesNotName() {
        fill(from);
        var text = configuration.write(from);

        var changed = importer(from, text.replace("owner: 9", "owner: 12"), true);

        assertThat(texts(changed, "steps")).containsExactly("change of parrot/Our CRM: owner");
        assertThat(connections.of(from).getFirst().enabled()).isTrue();
        assertThat(secrets.names(connections.of(from).getFirst().id())).contains("token");
        assertThat(texts(importer(from, "patchbay: 1\n", true), "steps")).isEmpty();
        assertThat(connections.of(from)).hasSize(1);
    }
}
