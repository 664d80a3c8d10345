package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and texts as people type them into other systems. */
class TypedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79123123210",
                "89123123210",
                "9123123210",
                "8 (912) 312-32-10 доб. 12",
                "8(912)3123-21–0",
                "+7 912 312 32 10; 8 495 000-00-00",
                "8 495 000-00-00, 912.312.32.10",
                "810 7 912 312 32 10"
            })
    void holdsANumberInEveryWrittenForm(String typed) {
        assertThat(Typed.holds(typed, "+79123123210", "9123123210")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "доб. 12",
                "+799123123210555",
                "123210",
                "+39123123210",
                "order 19123123210",
                "9 1x2 3 1 2 3 2 1 0"
            })
    void doesNotTakeALongerOrAnotherNumberForIt(String typed) {
        assertThat(Typed.holds(typed, "+79123123210", "9123123210")).isFalse();
    }

    @Test
    void theTailOfAnotherCountrysNumberIsNoMatch() {
        assertThat(Typed.holds("+7 917 512-34-56", "+3725123456", "5123456")).isFalse();
        assertThat(Typed.holds("512 34 56", "+3725123456", "5123456")).isTrue();
        assertThat(Typed.holds("00372 512 3456", "+3725123456", "5123456")).isTrue();
        assertThat(Typed.holds("8 5123456", "+3725123456", "5123456")).isFalse();
    }

    @Test
    void takesAwayOneLevelOfEntities() {
        assertThat(Typed.withoutEntities("О&#039;Коннор & &lt;b&gt;&quot;Сыновья&quot;&#x2F;&amp;lt;"))
                .isEqualTo("О'Коннор & <b>\"Сыновья\"/&lt;");
        assertThat(Typed.withoutEntities("a&b &nosuch; &#9999999; &")).isEqualTo("a&b &nosuch; &#9999999; &");
    }
}
