package io.patchbay.caller;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.directory.ClientOrder;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.ListedClient;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the shapes client and order of docs/architecture.md, "Operations". What has no id is nobody's. */
public final class ToldClients {

    private ToldClients() {}

    public static Optional<ClientRecord> card(JsonNode client) {
        return text(client, "id")
                .map(id -> new ClientRecord(
                        text(client, "kind").orElse("contact"),
                        id,
                        text(client, "name").orElse(""),
                        text(client, "url"),
                        text(client, "owner")));
    }

    /** With the numbers it lists, as far as they can be called. */
    static Optional<ListedClient> listed(JsonNode client, NumberPlan plan) {
        return card(client)
                .map(card -> new ListedClient(
                        card,
                        client.path("numbers")
                                .valueStream()
                                .map(number -> plan.read(number.asString("")))
                                .filter(PhoneNumber.class::isInstance)
                                .map(PhoneNumber.class::cast)
                                .toList(),
                        client.path("vip").asBoolean(false)));
    }

    public static Optional<ClientOrder> order(JsonNode order, long connection) {
        return text(order, "id")
                .map(id -> new ClientOrder(
                        connection,
                        id,
                        text(order, "number").orElse(id),
                        text(order, "status").orElse(""),
                        order.path("open").asBoolean(true),
                        text(order, "total").filter(ToldClients::isDecimal).orElse(""),
                        text(order, "currency").orElse(""),
                        text(order, "at").flatMap(ToldClients::instant),
                        text(order, "url"),
                        order.path("items")
                                .valueStream()
                                .map(item -> new ClientOrder.Item(
                                        item.path("name").asString(""),
                                        item.path("quantity").asString("")))
                                .toList()));
    }

    private static boolean isDecimal(String text) {
        try {
            new BigDecimal(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static Optional<Instant> instant(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String member) {
        return node.hasNonNull(member)
                ? Optional.of(node.get(member).asString("")).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
