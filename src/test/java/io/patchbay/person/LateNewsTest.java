package io.patchbay.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.backfill.BackfillSteps;
import io.patchbay.call.CallResult;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.company.CompanyId;
import io.patchbay.directory.ClientRecord;
import io.patchbay.directory.Clients;
import io.patchbay.intake.Door;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingSteps;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelineParty;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import io.patchbay.upkeep.UpkeepSteps;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After somebody was erased, a PBX that keeps to its contract tells of them again: by the same hooks, by its history, and by a new call. */
class LateNewsTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final CompanyId COMPANY = new CompanyId(1);
    private static final String NUMBER = "+79161234567";
    private static final BeelineParty CLIENT = BeelineParty.outside(NUMBER);

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private final Door door = new Door();
    private ConnectorBench hub;

    @BeforeEach
    void connect() throws Exception {
        hub = ConnectorBench.of("beeline")
                .hub()
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .secret("token", TOKEN)
                .property("patchbay.intake.public-url", door.address().toString())
                .start();
        door.leadsTo(hub);
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/backfill/compare.camel.yaml",
                "compare",
                Map.of("backfillSteps", hub.bean(BackfillSteps.class)));
        hub.bean(UpkeepSteps.class).keep();
        pbx.recordingsAppearAfter(Duration.ZERO);
    }

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
        door.close();
    }

    @Test
    void tellsNobodyWhenHooksOfTheErasedCallComeAgain() throws Exception {
        callAnHourAgo();
        var told = pbx.delivered();
        erase();

        for (var event : told) {
            assertThat(post(event.xml())).isEqualTo(200);
        }

        assertThat(calls()).singleElement().satisfies(LateNewsTest::isNobodys);
        assertNoTrace();
    }

    @Test
    void tellsNobodyWhenTheHistoryIsImported() throws Exception {
        callAnHourAgo();
        erase();

        compare();
        hub.bean(RecordingSteps.class).fetchDue();

        assertThat(calls()).singleElement().satisfies(LateNewsTest::isNobodys);
        assertNoTrace();
    }

    @Test
    void tellsNobodyWhenACallComesFromHistoryAloneAfterTheErasure() throws Exception {
        pbx.remember(pbx.stories(clock.instant().minus(Duration.ofMinutes(90)))
                .answered(CLIENT, pbx.company().at("201")));
        erase();
        assertThat(calls()).isEmpty();

        compare();

        assertThat(calls()).singleElement().satisfies(LateNewsTest::isNobodys);
        assertNoTrace();
    }

    @Test
    void knowsThePersonAgainWhenTheyCallAnew() throws Exception {
        callAnHourAgo();
        erase();
        clock.advance(Duration.ofHours(2));

        pbx.play(pbx.stories(clock.instant()).missed(CLIENT, pbx.company().at("202")));
        pbx.awaitDeliveries();

        assertThat(calls()).hasSize(2);
        assertThat(calls().getFirst().client()).isEqualTo(new NumberPlan("RU").read(NUMBER));
        isNobodys(calls().getLast());
    }

    @Test
    void forgetsAgainWhatTheClientsOfACrmBringBackUntilThePersonCallsAnew() throws Exception {
        var number = (PhoneNumber) new NumberPlan("RU").read(NUMBER);
        var card = new ClientRecord("contact", "31", "Maria", Optional.empty(), Optional.empty());
        var clients = hub.bean(Clients.class);
        callAnHourAgo();
        erase();
        clients.remember(COMPANY, hub.connection().id().value(), number, card);

        assertThat(hub.bean(Erasure.class).forgetToldAgain()).isEqualTo(1);
        assertNoTrace();

        clock.advance(Duration.ofHours(2));
        pbx.play(pbx.stories(clock.instant()).missed(CLIENT, pbx.company().at("202")));
        pbx.awaitDeliveries();
        clients.remember(COMPANY, hub.connection().id().value(), number, card);
        assertThat(hub.bean(Erasure.class).forgetToldAgain()).isZero();
    }

    private void callAnHourAgo() {
        pbx.play(pbx.stories(clock.instant().minus(Duration.ofHours(1)))
                .answered(CLIENT, pbx.company().at("201")));
        pbx.awaitDeliveries();
        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.client()).isInstanceOf(PhoneNumber.class));
    }

    private void erase() {
        var number = (PhoneNumber) new NumberPlan("RU").read(NUMBER);
        assertThat(hub.bean(Erasure.class).erase(COMPANY, number, "Anna").isWhole())
                .isTrue();
    }

    private void compare() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:compare", null);
    }

    private List<CallRow> calls() {
        return hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 50)).items();
    }

    private static void isNobodys(CallRow call) {
        assertThat(call.client()).isEqualTo(new HiddenNumber());
        assertThat(call.result()).isEqualTo(CallResult.ANSWERED);
    }

    private void assertNoTrace() throws IOException {
        var filled = new FilledHub(hub);
        assertThat(filled.places()).isEmpty();
        assertThat(filled.files()).isEmpty();
    }

    private int post(String xml) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(door.address() + "/late"))
                                    .header("Content-Type", "application/xml; charset=UTF-8")
                                    .POST(HttpRequest.BodyPublishers.ofString(xml))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
