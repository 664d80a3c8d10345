package io.patchbay.caller;

import io.patchbay.directory.Client;
import io.patchbay.directory.ClientOrder;
import io.patchbay.directory.Employee;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a number.
 *
 * @param client   his card that counts stands first
 * @param orders   the newest first
 * @param answered connections that answered this very question
 * @param late     connections that did not answer in time
 */
public record Acquaintance(
        Optional<Client> client, Optional<Owner> owner, List<ClientOrder> orders, Set<Long> answered, Set<Long> late) {

    public static final Acquaintance NONE =
            new Acquaintance(Optional.empty(), Optional.empty(), List.of(), Set.of(), Set.of());

    /**
     * Who looks after the client.
     *
     * @param ids his ids by connection
     */
    public record Owner(Employee employee, Map<Long, String> ids) {}

    public List<ClientOrder> openOrders() {
        return orders.stream().filter(ClientOrder::open).toList();
    }
}
