package io.patchbay.upkeep;

import io.patchbay.audit.Action;
import io.patchbay.audit.Actor;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
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
    private final Connections connections;
    private final Audit audit;

    Installation(
            Handover handover,
            Subscriptions subscriptions,
            ConnectionState state,
            Connections connections,
            Audit audit) {
        this.handover = handover;
        this.subscriptions = subscriptions;
        this.state = state;
        this.connections = connections;
        this.audit = audit;
    }

    @EventListener
    void on(Connected connected) {
        var before = connections.get(connected.connection());
        handover.accept(connected.connection(), connected.handedOver());
        var after = connections.get(connected.connection());
        var deed = Deed.of(Action.CONNECTION_HANDED_OVER, after.id().value(), after.title());
        for (var name : after.settings().keySet()) {
            deed = deed.changed(
                    name,
                    ConnectionSetup.written(before.settings().get(name)),
                    ConnectionSetup.written(after.settings().get(name)));
        }
        for (var name : connected.handedOver().path("secrets").propertyNames()) {
            deed = deed.secret(name);
        }
        if (connected.handedOver().has("tokens")) {
            deed = deed.secret("tokens");
        }
        audit.note(after.company(), new Actor(Actor.Kind.SYSTEM, 0, after.title(), ""), deed);
        subscriptions.distrust(connected.connection());
        state.clear(connected.connection(), UpkeepSteps.ROSTER_DUE);
    }
}
