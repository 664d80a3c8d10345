package io.patchbay.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.watch.WatchProperties.Mail;
import io.patchbay.watch.WatchProperties.Telegram;
import io.patchbay.watch.WatchProperties.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchPropertiesTest {

    private static final URI API = URI.create("https://api.telegram.org");

    @Test
    void whatCannotWorkIsRefusedAtTheStart() {
        refused("from", () -> new Mail(List.of("a@example.org"), ""));
        refused("both", () -> new Telegram("1:abcdefghijklmnopqrstuvwxyz", "", API));
        refused("token", () -> new Telegram("nonsense", "5", API));
        refused("whsec_", () -> new Webhook("https://example.org/alerts", "short"));
        refused("web address", () -> new Webhook("ftp://example.org", "whsec_" + "A".repeat(44)));
        refused(
                "settle",
                () -> new WatchProperties(
                        Duration.ofMinutes(2),
                        1,
                        1,
                        Duration.ofMinutes(1),
                        1,
                        new Mail(List.of(), ""),
                        new Telegram("", "", API),
                        new Webhook("", "")));
    }

    @Test
    void noSecretIsShown() {
        assertThat(new Telegram("1:abcdefghijklmnopqrstuvwxyz", "5", API).toString())
                .doesNotContain("abcdef");
        assertThat(new Webhook("https://example.org/", "whsec_" + "A".repeat(44)).toString())
                .doesNotContain("AAAA");
    }

    private static void refused(String why, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContaining(why);
    }
}
