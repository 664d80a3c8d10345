package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HookBodyTest {

    @Test
    void unfoldsTheBracketsOfAForm() {
        var tree = read(
                "application/x-www-form-urlencoded", "event=X&data%5BFIELDS%5D%5BID%5D=5&a[]=1&a[]=2&plus=%2B7+900");

        assertThat(tree.path("data").path("FIELDS").path("ID").asString()).isEqualTo("5");
        assertThat(tree.path("a").path("1").asString()).isEqualTo("2");
        assertThat(tree.path("plus").asString()).isEqualTo("+7 900");
    }

    @Test
    void survivesAFieldThatIsBothAValueAndAGroup() {
        assertThat(read("application/x-www-form-urlencoded", "a=1&a[b]=2")
                        .path("a")
                        .path("b")
                        .asString())
                .isEqualTo("2");
    }

    @Test
    void readsXmlWhateverTheTypeSays() {
        var tree = read("text/plain", "<?xml version=\"1.0\"?><Event><eventID>7</eventID></Event>");

        assertThat(tree.path("eventID").asString()).isEqualTo("7");
    }

    @Test // contracts/shop/insales.md section 7: a shop's order, its values padded
    void readsOtherXmlUnderTheNameOfItsRoot() {
        var tree = read("text/xml", "<order><id type=\"integer\">\n 11117922\n</id><comment nil=\"true\"/></order>");

        assertThat(tree.at("/order/id/#text").asString()).isEqualTo("11117922");
        assertThat(tree.at("/order/comment/@nil").asString()).isEqualTo("true");
    }

    @Test
    void keepsPlainTextAndNothingAsTheyAre() {
        assertThat(read("text/plain", "hello").asString()).isEqualTo("hello");
        assertThat(read("application/json", "").isNull()).isTrue();
    }

    @Test // contracts/shop/generic-form.md section 3: old sites still write windows-1251
    void readsAFormInTheCharsetItNames() {
        assertThat(read("application/x-www-form-urlencoded; charset=windows-1251", "name=%C8%F0%E8%ED%E0")
                        .path("name")
                        .asString())
                .isEqualTo("Ирина");
    }

    @Test
    void saysWhyAnUnreadableBodyIsUnreadable() {
        assertThatThrownBy(() -> read("application/json", "{\"a\":"))
                .isInstanceOf(UnreadableHookException.class)
                .hasMessageStartingWith("The body is no JSON");
        assertThatThrownBy(() -> read("application/json", "[".repeat(100))).isInstanceOf(UnreadableHookException.class);
        assertThatThrownBy(() -> read("application/xml", "<a><b></a>")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> read("application/x-www-form-urlencoded", "a=%zz"))
                .isInstanceOf(UnreadableHookException.class);
        assertThatThrownBy(() -> read("application/x-www-form-urlencoded", "a" + "[b]".repeat(100) + "=1"))
                .isInstanceOf(UnreadableHookException.class)
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> read("application/x-www-form-urlencoded", "a=1&".repeat(6_000)))
                .isInstanceOf(UnreadableHookException.class)
                .hasMessageContaining("more than");
    }

    private static tools.jackson.databind.JsonNode read(String type, String body) {
        return HookBody.read(type, body.getBytes(StandardCharsets.UTF_8));
    }
}
