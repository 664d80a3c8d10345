package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YamlDocumentTest {

    private static final YamlDocument DOCUMENT = YamlDocument.of("""
        id: a
        auth:
          - &way {kind: bearer,
             token: t}
          - *way
        limit: 1.50
        on: true
        none:
        """);

    @Test
    void keepsTypesAndFollowsAliases() {
        assertThat(DOCUMENT.tree().toString())
                .isEqualTo(
                        "{\"id\":\"a\",\"auth\":[{\"kind\":\"bearer\",\"token\":\"t\"},{\"kind\":\"bearer\",\"token\":\"t\"}],"
                            + "\"limit\":1.50,\"on\":true,\"none\":null}");
    }

    @Test
    void knowsWhereAMemberStands() {
        assertThat(DOCUMENT.line("auth[0].token")).isEqualTo(4);
        assertThat(DOCUMENT.line("limit")).isEqualTo(6);
    }

    @Test
    void showsWhatIsMissingWhereItShouldStand() {
        assertThat(DOCUMENT.line("auth[0].name")).isEqualTo(3);
        assertThat(DOCUMENT.line("title")).isEqualTo(1);
    }

    @Test // the reader takes 1025 characters at a time
    void readsAnEmojiWhereverItStands() {
        for (var before = 1000; before < 1050; before++) {
            var text = "a: " + "x".repeat(before) + "🌷";

            assertThat(YamlDocument.of(text).tree().path("a").asString()).endsWith("x🌷");
        }
    }

    @Test
    void saysInWhichLineATextStopsBeingYaml() {
        assertThatThrownBy(() -> YamlDocument.of("a: 1\nb: [1\nc: 2\n"))
                .isInstanceOfSatisfying(
                        YamlDocument.WrongYaml.class, e -> assertThat(e.line()).isEqualTo(3));
        assertThatThrownBy(() -> YamlDocument.of("a: 1\na: 2\n")).isInstanceOf(YamlDocument.WrongYaml.class);
    }
}
