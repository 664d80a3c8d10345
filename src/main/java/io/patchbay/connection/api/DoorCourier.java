package io.patchbay.connection.api;

import io.patchbay.connection.Courier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts through the {@link Door}. */
public final class DoorCourier implements Courier {

    private static final int LONGEST_REPLY = 4_000; // bytes; more says nothing that a log wants

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), 64 * 1024);

    private final Door door;

    public DoorCourier(Door door) {
        this.door = door;
    }

    @Override
    public Reply post(URI address, Map<String, String> headers, String json) {
        var request = new Outgoing("POST", address, headers, json.getBytes(StandardCharsets.UTF_8), "application/json");
        try (var reply = door.send(request, LIMITS)) {
            return new Reply(
                    reply.status(), new String(reply.body().readNBytes(LONGEST_REPLY), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Door.unreachable(address.getHost() + " broke its answer off: " + e.getMessage() + ".", e);
        }
    }
}
