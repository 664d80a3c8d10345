package io.patchbay.process;

import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.Bitrix24Portal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** A company's PBX and CRM, simulated as their contracts say, in the JVM of the test: they outlive the hub that is being hurt. */
final class Office implements AutoCloseable {

    private static final String PBX_TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), PBX_TOKEN, Clock.systemUTC(), 42);
    final Bitrix24Portal portal = new Bitrix24Portal(0, Clock.systemUTC());

    Office() {
        pbx.recordingsAppearAfter(Duration.ZERO);
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
    }

    /** Connects both by the hub's REST API, as a program would, and waits until calls can flow. @return where the PBX sends its events */
    URI connectTo(HubProcess hub) {
        var crm = hub.post("/api/v1/connections", """
            {"connector": "bitrix24", "title": "CRM", "settings": {"baseUrl": "%s", "portal": "%s", "clientId": "%s", "oauthServer": "%s",
             "clientSecret": "%s", "defaultEmployee": "21"}}\
            """.formatted(
                        bare(portal.restAddress()),
                        portal.host(),
                        Bitrix24Portal.CLIENT_ID,
                        bare(portal.oauthServer()),
                        Bitrix24Portal.CLIENT_SECRET));
        portal.install(crm.path("hookUrl").asString());
        var board = hub.post("/api/v1/connections", """
            {"connector": "beeline", "title": "PBX", "settings": {"baseUrl": "%s", "token": "%s"}}\
            """.formatted(pbx.baseUrl(), PBX_TOKEN));
        await().atMost(PATIENCE)
                .until(() ->
                        !portal.bindings().isEmpty() && !pbx.liveSubscriptions().isEmpty());
        await().atMost(PATIENCE).until(() -> mappedIn(hub) >= 2);
        return URI.create(board.path("hookUrl").asString());
    }

    /** Employees whom both systems know. */
    private static long mappedIn(HubProcess hub) {
        return hub.get("/api/v1/employees")
                .path("items")
                .valueStream()
                .filter(employee -> employee.path("ids").size() == 2)
                .count();
    }

    private static String bare(URI address) {
        return address.toString().replaceFirst("/$", "");
    }

    @Override
    public void close() {
        portal.close();
        pbx.close();
    }
}
