package io.patchbay.upkeep;

import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Handover;
import io.patchbay.intake.HubEvent.Connected;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The hub's application was installed in a target: what it handed over is kept, and the hub subscribes and reads its people anew. */
@Component
class Installation {

    private final Handover handover;
    private final Subscriptions subscriptions;
    private final ConnectionState state;

    Installation(Handover handover, Subscriptions subscriptions, ConnectionState state) {
        this.handover = handover;
        this.subscriptions = subscriptions;
        this.state = state;
    }

    @EventListener
    void on(Connected connected) {
        handover.accept(connected.connection(), connected.handedOver());
        subscriptions.distrust(connected.connection());
        state.clear(connected.connection(), UpkeepSteps.ROSTER_DUE);
    }
}
