package io.patchbay.watch;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is watched, and who is told. The log is always told.
 *
 * @param settle         what comes and goes within this time is not told
 * @param backlogFull    calls waiting to be written to one system that count as 100 percent
 * @param heldFull       hooks of one connection waiting to be read that count as 100 percent
 * @param failuresWindow attempts of this last time are counted
 * @param failuresFrom   fewer attempts than this say nothing
 */
@ConfigurationProperties("patchbay.watch")
public record WatchProperties(
        @DefaultValue("20s") Duration settle,
        @DefaultValue("500") int backlogFull,
        @DefaultValue("5000") int heldFull,
        @DefaultValue("15m") Duration failuresWindow,
        @DefaultValue("10") int failuresFrom,
        @DefaultValue Mail mail,
        @DefaultValue Telegram telegram,
        @DefaultValue Webhook webhook) {

    public WatchProperties {
        if (settle.isNegative() || settle.compareTo(Duration.ofSeconds(40)) > 0) {
            throw new IllegalArgumentException(
                    "patchbay.watch.settle must be from 0 to 40s: an error is told within a minute.");
        }
        if (backlogFull < 1 || heldFull < 1 || failuresFrom < 1) {
            throw new IllegalArgumentException(
                    "patchbay.watch.backlog-full, held-full and failures-from must be at least 1.");
        }
        if (!failuresWindow.isPositive()) {
            throw new IllegalArgumentException("patchbay.watch.failures-window must be positive.");
        }
    }

    /** Over the server under {@code spring.mail}; off while {@code to} is empty. */
    public record Mail(
            @DefaultValue List<String> to, @DefaultValue("") String from) {

        public Mail {
            if (!to.isEmpty() && from.isBlank()) {
                throw new IllegalArgumentException("patchbay.watch.mail.from is missing: whom the alerts come from.");
            }
        }

        boolean isOn() {
            return !to.isEmpty();
        }
    }

    /**
     * By a bot; off while the token is empty.
     *
     * @param token as the service gave it when the bot was made: a secret
     * @param chat  id of the chat or the channel's name
     */
    public record Telegram(
            @DefaultValue("") String token,
            @DefaultValue("") String chat,
            @DefaultValue("https://api.telegram.org") URI api) {

        public Telegram {
            if (token.isEmpty() != chat.isEmpty()) {
                throw new IllegalArgumentException(
                        "patchbay.watch.telegram needs both token and chat, or none of them.");
            }
            if (!token.isEmpty() && !token.matches("\\d+:[A-Za-z0-9_-]{20,}")) {
                throw new IllegalArgumentException(
                        "patchbay.watch.telegram.token is no token of a bot: digits, a colon, letters.");
            }
        }

        boolean isOn() {
            return !token.isEmpty();
        }

        @Override
        public String toString() {
            return "Telegram[chat=" + chat + ", token=***]";
        }
    }

    /**
     * A signed request to any address, by Standard Webhooks; off while the address is empty.
     *
     * @param secret {@code whsec_} and base64 of 24 to 64 bytes
     */
    public record Webhook(
            @DefaultValue("") String url, @DefaultValue("") String secret) {

        public Webhook {
            if (!url.isEmpty()) {
                address(url);
                if (!secret.matches("whsec_[A-Za-z0-9+/]{32,86}={0,2}")) {
                    throw new IllegalArgumentException(
                            "patchbay.watch.webhook.secret must be whsec_ and base64 of 24 to 64 bytes, for example the"
                                    + " output of: echo whsec_$(openssl rand -base64 32)");
                }
            }
        }

        boolean isOn() {
            return !url.isEmpty();
        }

        private static void address(String url) {
            try {
                var address = new URI(url);
                if (address.getHost() == null
                        || !String.valueOf(address.getScheme()).matches("https?")) {
                    throw new IllegalArgumentException("patchbay.watch.webhook.url is no web address.");
                }
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("patchbay.watch.webhook.url is no web address.", e);
            }
        }

        @Override
        public String toString() {
            return "Webhook[url=" + url + ", secret=***]";
        }
    }
}
