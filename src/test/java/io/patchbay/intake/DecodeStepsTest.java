package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.Journal;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.MovableClock;
import io.patchbay.upkeep.UpkeepSteps;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DecodeStepsTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    /** A single user's subscription may send events that do not say whose they are [doc] contracts/pbx/broadworks-xsi.md section 3.4. */
    private static final String WITHOUT_TARGET = """
        <Event xmlns="http://schema.broadsoft.com/xsi" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
               xmlns:b="http://schema.broadsoft.com/xsi" i:type="b:SubscriptionEvent">
          <eventData i:type="b:CallReceivedEvent"><call><callId>callhalf-1:0</callId><extTrackingId>t-1</extTrackingId>
            <personality>Terminator</personality><state>Alerting</state>
            <remoteParty><address>tel:+79000001234</address><callType>Network</callType></remoteParty>
            <startTime>1773041400000</startTime></call></eventData>
        </Event>\
        """;

    @Test
    void tellsAConnectorWhoWorksThereAndAtWhichExtension() throws IOException, InterruptedException {
        var clock = new MovableClock(ConnectorBench.START);
        try (var door = new Door();
                var pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
                var hub = ConnectorBench.of("beeline")
                        .hub()
                        .clock(clock)
                        .setting("baseUrl", pbx.baseUrl())
                        .setting("pattern", "202")
                        .secret("token", TOKEN)
                        .property("patchbay.intake.public-url", door.address().toString())
                        .start();
                var http = HttpClient.newHttpClient()) {
            door.leadsTo(hub);
            hub.bean(UpkeepSteps.class).keep();

            http.send(
                    HttpRequest.newBuilder(URI.create(door.address() + "/hooks/x"))
                            .header("Content-Type", "application/xml")
                            .POST(HttpRequest.BodyPublishers.ofString(WITHOUT_TARGET))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());

            var journal = hub.bean(Journal.class);
            var company = new CompanyId(1);
            assertThat(journal.list(CallQuery.newest(company, 10)).items())
                    .singleElement()
                    .satisfies(row -> assertThat(journal.find(company, row.id())
                                    .orElseThrow()
                                    .call()
                                    .employees())
                            .containsExactly(new Seat(pbx.company().at("202").userId())));
        }
    }
}
