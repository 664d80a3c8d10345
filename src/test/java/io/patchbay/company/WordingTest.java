package io.patchbay.company;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that leave the hub exist in both languages, with the same values in them. */
class WordingTest {

    private static final Pattern VALUE = Pattern.compile("\\{(\\d)");

    static Stream<Path> bundles() throws IOException {
        try (var all = Files.walk(Path.of("src/main/resources/io/patchbay"))) {
            return all.filter(file -> file.endsWith("texts.properties")).toList().stream();
        }
    }

    @Test
    void findsTheBundles() throws IOException {
        assertThat(bundles()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyTextExistsInBothLanguagesWithTheSameValues(Path english) throws IOException {
        var texts = texts(english);
        var russian = texts(english.resolveSibling("texts_ru.properties"));

        assertThat(russian.stringPropertyNames())
                .isNotEmpty()
                .isEqualTo(texts.stringPropertyNames())
                .allSatisfy(key -> {
                    assertThat(russian.getProperty(key)).containsPattern("[а-яА-Я]|^\\W*\\{"); // or values alone
                    assertThat(values(russian.getProperty(key)))
                            .containsExactlyInAnyOrder(values(texts.getProperty(key)));
                });
    }

    private static Properties texts(Path file) throws IOException {
        var texts = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        }
        return texts;
    }

    private static String[] values(String text) {
        return VALUE.matcher(text).results().map(MatchResult::group).distinct().toArray(String[]::new);
    }
}
