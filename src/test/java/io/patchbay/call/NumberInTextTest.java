package io.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberInTextTest {

    private final NumberInText number = of("RU", "+79161234567");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79161234567",
                "79161234567",
                "89161234567",
                "9161234567",
                "8 (916) 123-45-67",
                "+7 916 123 45 67",
                "+7(916)1234567",
                "8-916-123-45-67",
                "+7\u00a0916\u00a0123\u201345\u201367",
                "0079161234567",
                "810 7 916 123-45-67",
                "phone=%2B79161234567&x=1",
                "phone=%2B7+916+123-45-67",
                "phone=8%20%28916%29%20123-45-67",
                "{\"phone\":\"\\u002b79161234567\"}",
                "tel:+7-916-123-45-67;ext=1",
                "https://crm.example/contacts?search=79161234567",
                "sip:79161234567@example.org",
                "key-79161234567-2026"
            })
    void isFoundHoweverItIsWritten(String text) {
        assertThat(number.isIn(text)).isTrue();
        assertThat(number.without(text))
                .contains("[erased]")
                .doesNotContainPattern("\\d\\D*\\d\\D*\\d\\D*\\d\\D*\\d\\D*\\d\\D*\\d$");
        assertThat(number.isIn(number.without(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79161234568",
                "179161234567890",
                "1791612345678",
                "{\"at\":1779161234567}",
                "916 123",
                "9161234567000",
                "9160234567",
                ""
            })
    void isNotTakenForAnotherNumberOrATime(String text) {
        assertThat(number.isIn(text)).isFalse();
        assertThat(number.without(text)).isEqualTo(text);
    }

    @Test
    void leavesTheRestOfATextAsItWas() {
        assertThat(number.without("Call is refused: 8 (916) 123-45-67 is blocked, ask 101."))
                .isEqualTo("Call is refused: [erased] is blocked, ask 101.");
    }

    @Test
    void findsForeignNumbersToo() {
        var british = of("GB", "+442071838750");

        assertThat(british.isIn("020 7183 8750")).isTrue();
        assertThat(british.isIn("+44 (0)20 7183-8750"))
                .as("a zero that nobody dials")
                .isTrue();
        assertThat(british.isIn("442071838750")).isTrue();
        assertThat(british.isIn("00442071838750")).isTrue();
        assertThat(british.isIn("+442071838751")).isFalse();
    }

    @Test
    void namesWhateverMayBeANumber() {
        assertThat(NumberInText.candidates("a 8 (916) 123-45-67, phone=%2B79161234568; at 101 and 12345"))
                .containsExactlyInAnyOrder("89161234567", "79161234568");
    }

    private static NumberInText of(String region, String written) {
        return new NumberInText((PhoneNumber) new NumberPlan(region).read(written));
    }
}
