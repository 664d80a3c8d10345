package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void everyTextExistsInEnglishAndRussian() {
        var english = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ROOT);
        var russian = ResourceBundle.getBundle(Texts.BUNDLE, Locale.forLanguageTag("ru"));

        assertThat(russian.getLocale().getLanguage()).isEqualTo("ru");
        assertThat(english.keySet())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(russian.getString(key)).isNotEqualTo(english.getString(key)));
    }
}
