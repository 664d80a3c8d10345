package io.patchbay.connection;

import io.patchbay.connection.api.ApiProperties;
import io.patchbay.connection.api.Door;
import io.patchbay.connection.api.DoorCourier;
import java.time.Duration;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** A courier without a hub, for the command line. It goes to public addresses only. */
public final class Couriers implements AutoCloseable {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Door door;

    public Couriers() {
        camel.start();
        door = new Door(camel, new ApiProperties(List.of(), Duration.ofSeconds(5), Duration.ofSeconds(5), 0.2, 2, 2));
    }

    public Courier courier() {
        return new DoorCourier(door);
    }

    @Override
    public void close() {
        door.close();
        camel.stop();
    }
}
