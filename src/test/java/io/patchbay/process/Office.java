package io.patchbay.process;

import static org.awaitility.Awaitility.await;

import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.Bitrix24Portal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A company's PBX and CRM, simulated as their contracts say, in the JVM of the test: they outlive the hub that is being hurt. */
final class Office implements AutoCloseable {

    private static final String PBX_TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Who sits at an extension of the PBX, by his id in the portal. */
    static final Map<String, Long> PEOPLE = Map.of("201", 21L, "202", 22L);

    final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), PBX_TOKEN, Clock.systemUTC(), 42);
    final Bitrix24Portal portal = new Bitrix24Portal(0, Clock.systemUTC());

    Office() {
        pbx.recordingsAppearAfter(Duration.ZERO);
        staff(portal);
    }

    private static void staff(Bitrix24Portal portal) {
        portal.employee(21, "Иван", "Петров", "201");
        portal.employee(22, "Анна", "Смирнова", "202");
    }

    /** Two connections of a hub, and where their systems send their events. */
    record Connected(long crm, URI crmHook, long pbx, URI pbxHook) {}

    /** Connects both by the hub's REST API, as a program would, and waits until calls can flow. */
    Connected connectTo(HubProcess hub) {
        return connectTo(hub, bare(portal.restAddress()));
    }

    /** @param crmAddress where the hub finds the CRM's methods */
    Connected connectTo(HubProcess hub, String crmAddress) {
        var crm = connectCrm(hub, portal, crmAddress);
        var board = hub.post("/api/v1/connections", """
            {"connector": "beeline", "title": "PBX", "settings": {"baseUrl": "%s", "token": "%s"}}\
            """.formatted(pbx.baseUrl(), PBX_TOKEN));
        await().atMost(PATIENCE)
                .until(() ->
                        !portal.bindings().isEmpty() && !pbx.liveSubscriptions().isEmpty());
        await().atMost(PATIENCE).until(() -> mappedIn(hub, 2) == 2);
        return new Connected(id(crm), hook(crm), id(board), hook(board));
    }

    /**
     * One more CRM with the same people, once {@link #connectTo} is done.
     *
     * @param systems how many the hub is connected to then
     * @return the connection's id
     */
    long connectMore(HubProcess hub, Bitrix24Portal more, int systems) {
        staff(more);
        more.selfHosted();
        var connection = connectCrm(hub, more, bare(more.restAddress()));
        await().atMost(PATIENCE).until(() -> !more.bindings().isEmpty() && mappedIn(hub, systems) == 2);
        return id(connection);
    }

    private static JsonNode connectCrm(HubProcess hub, Bitrix24Portal portal, String address) {
        var crm = hub.post("/api/v1/connections", """
            {"connector": "bitrix24", "title": "CRM", "settings": {"baseUrl": "%s", "portal": "%s", "clientId": "%s", "oauthServer": "%s",
             "clientSecret": "%s", "defaultEmployee": "21"}}\
            """.formatted(
                        address,
                        portal.host(),
                        Bitrix24Portal.CLIENT_ID,
                        bare(portal.oauthServer()),
                        Bitrix24Portal.CLIENT_SECRET));
        portal.install(crm.path("hookUrl").asString());
        return crm;
    }

    private static long id(JsonNode connection) {
        return connection.path("id").asLong();
    }

    private static URI hook(JsonNode connection) {
        return URI.create(connection.path("hookUrl").asString());
    }

    /** Employees whom so many systems know. */
    private static long mappedIn(HubProcess hub, int systems) {
        return hub.get("/api/v1/employees")
                .path("items")
                .valueStream()
                .filter(employee -> employee.path("ids").size() == systems)
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
