package io.patchbay.caller;

import io.patchbay.directory.Clients;
import io.patchbay.intake.HubEvent.ClientChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A card changed in a connected system: what was remembered of it is asked for anew when its number calls next. */
@Component
class ClientChanges {

    private final Clients clients;

    ClientChanges(Clients clients) {
        this.clients = clients;
    }

    @EventListener
    void on(ClientChanged changed) {
        clients.changed(changed.company(), changed.connection().value(), changed.id());
    }
}
