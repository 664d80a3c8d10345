package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a connected system says of its clients and orders, by a hook or in a list of changes: docs/architecture.md, "Hub events". */
public final class ToldChange {

    private ToldChange() {}

    /** @return empty for an event of another kind */
    public static Optional<HubEvent> read(JsonNode event, CompanyId company, ConnectionId connection, Instant heardAt) {
        return switch (event.path("event").asString("")) {
            case "client-changed" ->
                Optional.of(new HubEvent.ClientChanged(
                        company,
                        connection,
                        event.path("client").path("kind").asString(""),
                        event.path("client").path("id").asString("")));
            case "order-placed" -> Optional.of(order(event, company, connection, true, heardAt));
            case "order-changed" -> Optional.of(order(event, company, connection, false, heardAt));
            default -> Optional.empty();
        };
    }

    private static HubEvent order(
            JsonNode event, CompanyId company, ConnectionId connection, boolean placed, Instant heardAt) {
        return new HubEvent.OrderTold(
                company,
                connection,
                placed,
                event.path("number").asString(""),
                event.path("text").asString(""),
                event.path("then").asString(""),
                event.path("order"),
                event.path("client"),
                heardAt);
    }
}
