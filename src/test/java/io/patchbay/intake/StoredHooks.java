package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.journal.RawHooks;
import io.patchbay.testing.ConnectorBench;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Puts hooks among those that are kept, as decoding does, and reads them again. */
public final class StoredHooks {

    private final ConnectorBench hub;

    public StoredHooks(ConnectorBench hub) {
        this.hub = hub;
    }

    public long keep(String id, ConnectionId connection, Instant at, String query, String header, String body) {
        var hook = new Hook(
                id,
                new CompanyId(1),
                connection,
                at,
                "POST",
                "text/plain",
                query,
                Map.of("x-from", header),
                body.getBytes(StandardCharsets.UTF_8));
        return hub.bean(RawHooks.class)
                .keep(
                        new CompanyId(1),
                        connection.value(),
                        id,
                        at,
                        "{\"x-from\":\"" + header + "\"}",
                        hub.bean(SealedHooks.class).seal(hook));
    }

    /** All that can be read in those that are kept. */
    public List<String> texts() {
        return hub
                .database()
                .jdbc()
                .sql("SELECT sealed_body FROM raw_hook ORDER BY id")
                .query(byte[].class)
                .list()
                .stream()
                .map(bytes -> hub.bean(SealedHooks.class).open(bytes).text())
                .toList();
    }
}
