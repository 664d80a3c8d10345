package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Something other than a call's fact that a connected system told by a hook. */
public sealed interface HubEvent {

    CompanyId company();

    ConnectionId connection();

    /** The target gave up sending events. */
    record SubscriptionEnded(CompanyId company, ConnectionId connection, String subscription) implements HubEvent {}

    /**
     * An employee, or a client by a form, asked for a call in the target.
     *
     * @param reference the same for every repetition of this order, unique in the connection
     * @param employee  id of the employee in that target, empty when a client asked to be called back
     * @param number    as the target writes it
     * @param entry     id of the call the target already opened, empty if it opened none
     * @param line      the company's number from which the client is to be called, empty for any
     * @param text      what the client wrote into the form, empty for nothing
     * @param rings     whether a telephone is to ring; else what was asked for is left as a task
     * @param at        when it was ordered; when the hub heard of it if the target does not tell
     */
    record CallOrdered(
            CompanyId company,
            ConnectionId connection,
            String reference,
            String employee,
            String number,
            String entry,
            String line,
            String text,
            boolean rings,
            Instant at)
            implements HubEvent {}

    /**
     * A client ordered something in a shop, or an order of his changed.
     *
     * @param placed whether the order is new; of one that was told as new before, the hub knows that itself
     * @param number the client's, as the shop writes it
     * @param text   of the order in words, for whoever is to do something about it
     * @param wish   what the connection's settings want done for a new order: {@code nothing}, {@code task}, {@code call-back}; empty: nothing
     * @param order  in the shape of docs/architecture.md, "Operations"
     * @param client likewise; a JSON null when the shop knows no card
     */
    record OrderTold(
            CompanyId company,
            ConnectionId connection,
            boolean placed,
            String number,
            String text,
            String wish,
            JsonNode order,
            JsonNode client,
            Instant at)
            implements HubEvent {

        /** Without the client: it is somebody's name and number. */
        @Override
        public String toString() {
            return "OrderTold[connection=" + connection + ", order=" + order.path("id") + "]";
        }
    }

    record ClientChanged(CompanyId company, ConnectionId connection, String kind, String id) implements HubEvent {}

    /**
     * The target handed over what is needed to work with it.
     *
     * @param handedOver tokens, settings and secrets: docs/architecture.md, "Hub events"
     */
    record Connected(CompanyId company, ConnectionId connection, JsonNode handedOver) implements HubEvent {

        /** Without what was handed over: it holds tokens. */
        @Override
        public String toString() {
            return "Connected[connection=" + connection + "]";
        }
    }
}
