package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone 79001234567 is bad | phone 7900***4567 is bad",
                "phone +79001234567 is bad | phone 7900***4567 is bad",
                "+7 900 123-45-67 | 7900***4567",
                "8 (900) 123-45-67 | 8900***4567",
                "(900) 1234567 | (9001***4567",
                "9001234567 | 9001***4567",
                "123-45-67 | ***67",
                "1234567 | ***67",
                "phone=%2B79001234567& | phone=%2B7900***4567&",
                "tel:+7900.123.45.67; | tel:7900***4567;",
                "[79001234567,79001234568] | [7900***4567,7900***4568]",
                "7 900 123 45 67 | 7900***4567",
                "extension 201 | extension 201",
                "error 100500 | error 100500"
            })
    void aNumberIsHiddenHoweverItIsWritten(String text, String masked) {
        assertThat(Mask.numbers(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+7 900 123 45 67", // no-break spaces
                "+7‑900‑123‑45‑67", // hyphens that do not break
                "+7–900–123–45–67", // dashes
                "+7/900/123/45/67",
                "+7_900_123_45_67"
            })
    void aNumberInUnusualPunctuationIsHiddenToo(String text) {
        assertThat(Mask.numbers(text)).doesNotContain("123").contains("***");
    }

    @Test
    void aSecretIsHiddenAsItIsAndAsAnAddressWritesIt() {
        assertThat(Mask.words("bad token a+b/c=, sent as a%2Bb%2Fc%3D or {\"t\":\"a+b\\/c=\"}", List.of("a+b/c=")))
                .doesNotContain("a+b")
                .doesNotContain("a%2Bb");
    }

    @Test
    void theLongerOfTwoSecretsIsHiddenWhole() {
        assertThat(Mask.words("key abcd-efgh", List.of("abcd", "abcd-efgh"))).isEqualTo("key ***");
        assertThat(Mask.words("key abcd-efgh", List.of("abcd-efgh", "abcd"))).isEqualTo("key ***");
    }

    @Test
    void wordsAreOneLineWithoutTagsAndNotEndless() {
        assertThat(Mask.words("<b>No</b>\r\n  <a href='x'>such</a>\tlead", List.of()))
                .isEqualTo("No such lead");
        assertThat(Mask.words("x".repeat(1000), List.of())).hasSize(303).endsWith("...");
    }

    @Test
    void controlCharactersCannotForgeALineOfTheLog() {
        assertThat(Mask.words("a\u001b[2Jb\u0000c\u2028d\u0085e", List.of())).doesNotContainPattern("[\\p{Cc}\\u2028]");
    }
}
