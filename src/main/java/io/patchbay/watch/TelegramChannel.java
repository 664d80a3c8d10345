package io.patchbay.watch;

import io.patchbay.connection.Courier;
import io.patchbay.connector.ConnectorException;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** By a Telegram bot [doc] Bot API, sendMessage. The address holds the token, so it never appears in a message. */
final class TelegramChannel implements Channel {

    private final Courier courier;
    private final WatchProperties.Telegram properties;

    TelegramChannel(Courier courier, WatchProperties.Telegram properties) {
        this.courier = courier;
        this.properties = properties;
    }

    @Override
    public String word() {
        return "telegram";
    }

    @Override
    public void send(Alert alert) {
        var address = URI.create(properties.api() + "/bot" + properties.token() + "/sendMessage");
        var message = JsonNodeFactory.instance
                .objectNode()
                .put("chat_id", properties.chat())
                .put("text", alert.subject() + "\n\n" + alert.body());
        try {
            var reply = courier.post(address, Map.of(), message.toString());
            if (!reply.isTaken()) {
                throw new NotTakenException("The bot was answered " + reply.status() + ".", null);
            }
        } catch (ConnectorException e) {
            throw new NotTakenException(String.valueOf(e.getMessage()).replace(properties.token(), "***"), null);
        }
    }
}
