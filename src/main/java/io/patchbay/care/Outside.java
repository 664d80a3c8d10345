package io.patchbay.care;

import io.patchbay.connection.Couriers;
import io.patchbay.connector.ConnectorException;
import java.net.URI;
import java.util.Map;

/** Asks an address from outside, through the same guarded door as every request of the hub. */
final class Outside implements AutoCloseable {

    private final Couriers couriers = new Couriers();

    /** @throws ConnectorException when there is no answer */
    int statusOf(URI address) {
        return couriers.courier().post(address, Map.of(), "{}").status();
    }

    @Override
    public void close() {
        couriers.close();
    }
}
