package io.patchbay.intake;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.effect.EffectSteps;
import io.patchbay.recording.RecordingSteps;
import io.patchbay.sandbox.Request;
import io.patchbay.sandbox.SimulatedServer;
import io.patchbay.testing.ConnectorBench;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.transaction.support.TransactionTemplate;

/** Where hooks come in when there is no broker: each is understood and joined before it is answered. It can be shut, then hooks are lost. */
public final class Door extends SimulatedServer {

    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile ConnectorBench hub;

    /** Hooks go to the only connection of this bench. */
    public void leadsTo(ConnectorBench bench) {
        hub = bench;
    }

    public void shut() {
        open.set(false);
    }

    public void open() {
        open.set(true);
    }

    @Override
    protected Reply answer(Request request) {
        if (!open.get()) {
            return Reply.empty(502);
        }
        take(hub.connection().id(), request.header("Content-Type").orElse(""), request.body());
        return Reply.empty(200);
    }

    private void take(ConnectionId connection, String type, byte[] body) {
        var hook = new Hook(
                UUID.randomUUID().toString(),
                new CompanyId(1),
                connection,
                hub.clock().instant(),
                "POST",
                type,
                "",
                Map.of(),
                body);
        var steps = hub.bean(DecodeSteps.class);
        var heard = steps.hear(hub.bean(SealedHooks.class).seal(hook), 1);
        hub.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> hub.bean(EffectSteps.class)
                        .wake(hub.bean(RecordingSteps.class)
                                .want(hub.bean(JoinSteps.class).join(heard))));
        steps.publish(heard);
    }
}
