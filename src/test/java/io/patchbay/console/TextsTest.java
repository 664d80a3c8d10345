package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text stands in both languages, is asked for by somebody, and nowhere else. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TEMPLATES = RESOURCES.resolve("templates/console");

    /** A key in a template, e.g. {@code #{nav.calls}}; one put together from values is checked by its beginning. */
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][a-z0-9.-]*)[}(]");

    /** A string in Java that is the name of a key. */
    private static final Pattern IN_JAVA = Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[A-Za-z0-9_-]+)+)\"");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");

    @Test
    void hasEveryTextInBothLanguagesWithTheSameValues() throws IOException {
        var english = texts("en");
        var russian = texts("ru");

        assertThat(russian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(english.getProperty(key)).as("English %s", key).isNotBlank();
            assertThat(russian.getProperty(key)).as("Russian %s", key).isNotBlank();
            assertThat(placeholders(russian.getProperty(key)))
                    .as("values of %s", key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    @Test // an apostrophe is written twice only where values are put in, else both would be seen
    void doublesApostrophesOnlyBesideValues() throws IOException {
        for (var language : List.of("en", "ru")) {
            var texts = texts(language);
            for (var key : texts.stringPropertyNames()) {
                var text = texts.getProperty(key);
                assertThat(
                                placeholders(text).isEmpty()
                                        ? text
                                        : text.replace("''", "").replace("'", "''"))
                        .as("%s %s", language, key)
                        .doesNotContain("''");
            }
        }
    }

    @Test
    void writesRussianInCyrillic() throws IOException {
        var russian = texts("ru");
        for (var key : russian.stringPropertyNames()) {
            if (!List.of("product", "page.title").contains(key)) {
                assertThat(russian.getProperty(key)).as(key).containsPattern("[а-яА-Я]|^\\W*\\{");
            }
        }
    }

    @Test
    void knowsEveryKeyThatIsAskedFor() throws IOException {
        var known = texts("en").stringPropertyNames();
        var asked = new TreeSet<String>();
        for (var template : files(TEMPLATES, ".html")) {
            IN_TEMPLATE.matcher(Files.readString(template)).results().forEach(found -> asked.add(found.group(1)));
        }
        var prefixes = known.stream()
                .map(key -> key.substring(0, Math.max(key.indexOf('.'), 0)))
                .toList();
        for (var source : files(Path.of("src/main/java/io/patchbay/console"), ".java")) {
            IN_JAVA.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(word -> prefixes.contains(word.substring(0, word.indexOf('.'))))
                    .forEach(asked::add);
        }

        assertThat(asked)
                .allMatch(key -> known.contains(key) || known.stream().anyMatch(text -> text.startsWith(key + ".")));
    }

    @Test
    void keepsWordsOutOfTemplates() throws IOException {
        var words = Pattern.compile("\\p{L}{2,}");
        var shownAttribute = Pattern.compile("\\s(title|placeholder|alt|aria-label|value)=\"([^\"]*)\"");
        var found = new ArrayList<String>();
        for (var template : files(TEMPLATES, ".html")) {
            var html = Files.readString(template).replaceAll("(?s)<!--.*?-->|<!DOCTYPE html>", "");
            Stream.of(html.split("<[^>]*>"))
                    .filter(text -> words.matcher(text).find())
                    .forEach(text -> found.add(template.getFileName() + ": " + text.strip()));
            shownAttribute
                    .matcher(html)
                    .results()
                    .filter(attribute -> words.matcher(attribute.group(2)).find())
                    .forEach(attribute -> found.add(template.getFileName() + ": " + attribute.group()));
        }

        assertThat(found).isEmpty();
    }

    /** The content security policy forbids them, so a browser would ignore them silently. */
    @Test
    void keepsScriptsAndStylesOutOfTemplates() throws IOException {
        for (var template : files(TEMPLATES, ".html")) {
            assertThat(Files.readString(template))
                    .as(template.toString())
                    .doesNotContainPattern(
                            "\\sstyle=|<style|\\son[a-z]+=|<script(?![^>]*th:src)|hx-on|https?://(?!www\\.thymeleaf)");
        }
    }

    private static Properties texts(String language) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("messages_" + language + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static TreeSet<String> placeholders(String text) {
        var numbers = new TreeSet<String>();
        PLACEHOLDER.matcher(text).results().forEach(found -> numbers.add(found.group(1)));
        return numbers;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
