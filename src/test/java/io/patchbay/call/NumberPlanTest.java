package io.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPlanTest {

    private static final NumberPlan RUSSIA = new NumberPlan("RU");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+79000001235",
                "79000001235",
                "89000001235",
                "9000001235",
                "+7 900 000-12-35",
                "8 (900) 000-12-35",
                "8-900-000-12-35",
                "7 (900) 000 12 35",
                "+7(900)0001235",
                " +79000001235 ",
                "+7\u00a0900\u00a0000\u00a012\u00a035",
                "tel:+79000001235",
                "TEL:89000001235",
                "tel:+7-900-000-12-35;phone-context=ims.example",
                "sip:79000001235@pbx.example",
                "sip:+79000001235@pbx.example;user=phone",
                "sips:+79000001235@pbx.example:5061",
                "+79000001235;ext=201",
                "+79000001235 ext. 201",
                "8 900 000-12-35 доб. 201"
            })
    void readsEverySpellingOfARussianNumberAsOne(String written) {
        var read = RUSSIA.read(written);

        assertThat(read).isEqualTo(new PhoneNumber("+79000001235", "9000001235", ""));
        assertThat(((PhoneNumber) read).national()).isEqualTo("9000001235");
        assertThat(read.raw()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "84951234567, +74951234567",
        "8 800 555-35-35, +78005553535",
        "+375291234567, +375291234567",
        "375291234567, +375291234567",
        "8 10 375 29 123-45-67, +375291234567",
        "+77011234567, +77011234567",
        "+4930123456, +4930123456",
        "+12025550123, +12025550123",
        "998901234567, +998901234567"
    })
    void readsLandlinesAndForeignNumbers(String written, String e164) {
        assertThat(RUSSIA.read(written))
                .isInstanceOfSatisfying(
                        PhoneNumber.class, n -> assertThat(n.e164()).isEqualTo(e164));
    }

    @Test
    void readsNumbersByTheRegionOfTheCompany() {
        assertThat(new NumberPlan("BY").read("8 029 123-45-67"))
                .isInstanceOfSatisfying(
                        PhoneNumber.class, n -> assertThat(n.e164()).isEqualTo("+375291234567"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "201", "1001", "20012", "200123", "tel:201", "sip:201@pbx.example"})
    void takesShortNumbersForExtensions(String written) {
        assertThat(RUSSIA.read(written)).isInstanceOf(Extension.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "anonymous",
                "Anonymous",
                "sip:anonymous@anonymous.invalid",
                "unknown",
                "Restricted",
                "private",
                "unavailable"
            })
    void takesAWithheldNumberForHidden(String written) {
        assertThat(RUSSIA.read(written)).isEqualTo(new HiddenNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+",
                "abc",
                "*21#",
                "1",
                "+7",
                "+201",
                "1234567",
                "790000012",
                "7900000123512345678",
                "+790000012351"
            })
    void keepsWhatIsNoNumberAsItCame(String written) {
        assertThat(RUSSIA.read(written)).isEqualTo(new MalformedNumber(written));
    }

    @Test
    void tellsTheSpellingsUnderWhichACrmMayKeepANumber() {
        assertThat(RUSSIA.spellings((PhoneNumber) RUSSIA.read("89000001235")))
                .containsExactly("+79000001235", "79000001235", "89000001235", "9000001235");
        assertThat(RUSSIA.spellings((PhoneNumber) RUSSIA.read("+375291234567")))
                .containsExactly("+375291234567", "375291234567");
    }

    @Test
    void refusesARegionThatDoesNotExist() {
        assertThatThrownBy(() -> new NumberPlan("XX"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ISO 3166");
    }

    @Test
    void readsItsOwnSpellingsBack() {
        var number = (PhoneNumber) RUSSIA.read("+74951234567");

        assertThat(RUSSIA.spellings(number))
                .allSatisfy(s -> assertThat(RUSSIA.read(s)).isEqualTo(number));
    }
}
