package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import tools.jackson.databind.JsonNode;

/** Something other than a call's fact that a connected system told by a hook. */
public sealed interface HubEvent {

    CompanyId company();

    ConnectionId connection();

    /** The target gave up sending events. */
    record SubscriptionEnded(CompanyId company, ConnectionId connection, String subscription) implements HubEvent {}

    /**
     * An employee asked for a call in the target.
     *
     * @param employee id of the employee in that target
     * @param number   as the target writes it
     * @param entry    id of the call the target already opened, empty if it opened none
     */
    record CallOrdered(
            CompanyId company, ConnectionId connection, String employee, String number, String entry, JsonNode client)
            implements HubEvent {}

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
