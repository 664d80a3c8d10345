package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login to a CRM runs out, is revoked, or is lost on its way: a person sees it, calls wait, and all is done once the login is back. */
@Tag("slow")
class FailingLoginChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CALLS = 6; // a fault

    @Test
    void callsWaitForALoginAndAreAllDoneAfterwards(@TempDir Path folder) throws Exception {
        ConnectorsBeside.withoutPace(folder, "bitrix24");
        try (var office = new Office();
                var hub = HubProcess.launch(
                                folder,
                                "--patchbay.effect.first-pause=1s",
                                "--patchbay.effect.longest-pause=4s",
                                "--patchbay.effect.probe=3s")
                        .ready()) {
            office.portal.selfHosted();
            var connected = office.connectTo(hub);
            var reconciliation = new Reconciliation(office.pbx, office.portal);
            var callers = new Callers(office, new Random(SEED), reconciliation);

            expiresInTheMiddle(office, reconciliation, callers);
            answerToTheRenewalIsLost(office, hub, connected, reconciliation, callers);
            isRevoked(office, hub, connected, reconciliation, callers);

            reconciliation.check("logins that fail, seed " + SEED, folder);
        }
    }

    private static void expiresInTheMiddle(Office office, Reconciliation reconciliation, Callers callers) {
        var renewals = office.portal.renewals();
        for (int i = 0; i < CALLS; i++) {
            if (i == CALLS / 2) {
                office.portal.expireTokens();
            }
            office.pbx.play(callers.next("login expires in the middle"));
        }
        reconciliation.awaitDone(PATIENCE);
        assertThat(office.portal.renewals()).as("one renewal for all").isEqualTo(renewals + 1);
    }

    /** The portal has spent the refresh token, and the new one never arrived: only a person can help. */
    private static void answerToTheRenewalIsLost(
            Office office, HubProcess hub, Office.Connected connected, Reconciliation reconciliation, Callers callers) {
        office.portal.misbehave(request -> request.path().contains("/oauth/token"), 1, Misbehaviour.breakOff());
        office.portal.expireTokens();
        tellWhileRed("answer to the renewal is lost", office, hub, connected, reconciliation, callers);
    }

    private static void isRevoked(
            Office office, HubProcess hub, Office.Connected connected, Reconciliation reconciliation, Callers callers) {
        office.portal.uninstall();
        tellWhileRed("login is revoked", office, hub, connected, reconciliation, callers);
    }

    private static void tellWhileRed(
            String fault,
            Office office,
            HubProcess hub,
            Office.Connected connected,
            Reconciliation reconciliation,
            Callers callers) {
        var entries = office.portal.calls().size();
        for (int i = 0; i < CALLS; i++) {
            office.pbx.play(callers.next(fault));
        }
        await().atMost(PATIENCE).until(() -> colour(hub, connected.crm()).equals("RED"));
        assertThat(office.portal.calls()).as(fault).hasSize(entries);
        office.portal.install(connected.crmHook().toString());
        reconciliation.awaitDone(PATIENCE);
        await().atMost(PATIENCE).until(() -> colour(hub, connected.crm()).equals("GREEN"));
    }

    private static String colour(HubProcess hub, long connection) {
        return hub.get("/api/v1/connections/" + connection)
                .path("health")
                .path("colour")
                .asString();
    }
}
