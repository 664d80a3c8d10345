package io.patchbay.watch;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.patchbay.connection.Courier;
import io.patchbay.connector.ConnectorException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** A signed request by Standard Webhooks: id, time and signature in headers, the same id at every try. */
final class WebhookChannel implements Channel {

    private final Courier courier;
    private final URI address;
    private final Webhook signer;
    private final Clock clock;

    WebhookChannel(Courier courier, WatchProperties.Webhook properties, Clock clock) {
        this.courier = courier;
        this.address = URI.create(properties.url());
        this.signer = signer(properties.secret());
        this.clock = clock;
    }

    private static Webhook signer(String secret) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("patchbay.watch.webhook.secret is missing.", e);
        }
    }

    @Override
    public String word() {
        return "webhook";
    }

    @Override
    public void send(Alert alert) {
        var json = json(alert);
        var seconds = clock.instant().getEpochSecond();
        try {
            var headers = Map.of(
                    "webhook-id", alert.key(),
                    "webhook-timestamp", Long.toString(seconds),
                    "webhook-signature", signer.sign(alert.key(), seconds, json));
            var reply = courier.post(address, headers, json);
            if (!reply.isTaken()) {
                throw new NotTakenException("The receiver answered " + reply.status() + ".", null);
            }
        } catch (ConnectorException e) {
            throw new NotTakenException(String.valueOf(e.getMessage()), e);
        } catch (WebhookSigningException e) {
            throw new NotTakenException("It could not be signed.", e);
        }
    }

    private static String json(Alert alert) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "connection.alert." + alert.turn().name().toLowerCase(Locale.ROOT));
        json.put("timestamp", alert.at().toString());
        json.putObject("data")
                .put("company", alert.company().value())
                .put("connection", alert.connection().value())
                .put("concern", alert.concern().name())
                .put("percent", alert.level())
                .put("since", alert.since().toString())
                .put("subject", alert.subject())
                .put("text", alert.body());
        return json.toString();
    }
}
