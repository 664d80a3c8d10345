package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Connectors;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A README may come from anybody's folder: nothing in it may act on the page. */
class GuideTest {

    @Test
    void showsRawHtmlAsText() {
        assertThat(Guide.html("<script>alert(1)</script>\n\nA <img src=x onerror=alert(1)> word"))
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;", "&lt;img");
    }

    @Test
    void leadsToTheWebOnly() {
        var html = Guide.html("[a](javascript:alert(1)) [b](data:text/html,x) [c](/sign-out) [d](https://example.org)");

        assertThat(html).doesNotContain("javascript:", "data:", "/sign-out").contains("a b c");
        assertThat(html).contains("href=\"https://example.org\"", "rel=\"noopener noreferrer\"");
    }

    @Test
    void putsItsHeadingsBelowThePages() {
        assertThat(Guide.html("# Title\n\n## Part\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
                .doesNotContain("Title", "<h1", "<h2")
                .contains("<h3>Part</h3>", "<table>", "<td>1</td>");
    }

    @Test
    void speaksTheReadersLanguageForEveryConnector() {
        for (var connector : Connectors.onClassPath().all()) {
            assertThat(Guide.of(connector, Locale.of("ru"))).as(connector.id()).containsPattern("[а-я]{4}");
            assertThat(Guide.of(connector, Locale.of("en")))
                    .as(connector.id())
                    .isNotBlank()
                    .doesNotContainPattern("<h[12]");
        }
    }
}
