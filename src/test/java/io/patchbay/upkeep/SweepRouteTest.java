package io.patchbay.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.intake.HubEvent;
import io.patchbay.intake.HubEvent.OrderTold;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.sandbox.WooShop;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** routes/upkeep/sweep.camel.yaml as shipped, against a shop whose webhooks are all lost; only the timer is the test's. */
class SweepRouteTest {

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final WooShop shop = new WooShop();
    private final List<HubEvent> heard = new ArrayList<>();
    private final ConnectorBench hub = ConnectorBench.of("woocommerce")
            .at(shop.address())
            .clock(clock)
            .setting("site", "shop.example.com")
            .setting("consumerKey", WooShop.KEY)
            .secret("consumerSecret", WooShop.SECRET)
            .secret("webhookSecret", "hubTestSecret123")
            .start();

    @BeforeEach
    void loadTheRoute() throws Exception {
        var steps = new SweepSteps(
                hub.bean(Connections.class),
                hub.bean(Operations.class),
                hub.bean(ConnectionState.class),
                event -> heard.add((HubEvent) event),
                new UpkeepProperties(
                        Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(5)),
                clock);
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/upkeep/sweep.camel.yaml",
                "ask-for-changes",
                Map.of("sweepSteps", steps));
    }

    @AfterEach
    void close() {
        hub.close();
        shop.close();
    }

    @Test
    void findsAnOrderWhoseWebhookWasLostAndNoneFromBeforeTheConnection() {
        order(clock.instant().minus(Duration.ofDays(1)));
        sweep();
        clock.advance(Duration.ofMinutes(3));
        var missed = order(clock.instant());

        sweep(); // not its time yet
        assertThat(heard).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        sweep();

        assertThat(orders()).containsExactly(missed);
        assertThat(heard).allMatch(event -> ((OrderTold) event).placed());
    }

    @Test
    void readsEveryPage() {
        sweep();
        for (var i = 0; i < 250; i++) {
            order(clock.instant());
        }
        clock.advance(Duration.ofMinutes(5));

        sweep();

        assertThat(orders()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void asksForTheSameAgainAfterAnOutageHoweverLong() {
        sweep();
        var missed = order(clock.instant());
        shop.misbehave(request -> true, 1, Misbehaviour.answer(Reply.empty(502)));
        clock.advance(Duration.ofHours(20));
        sweep();
        assertThat(heard).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        sweep();

        assertThat(orders()).containsExactly(missed);
    }

    @Test
    void hearsTwiceOfWhatChangedJustBeforeASweepRatherThanNever() {
        sweep();
        clock.advance(Duration.ofMinutes(5));
        var late = order(clock.instant().minusSeconds(30));
        sweep();
        clock.advance(Duration.ofMinutes(5));
        sweep();

        assertThat(orders()).containsExactly(late, late);
    }

    private String order(java.time.Instant at) {
        return shop.order("89161234567", LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private List<String> orders() {
        return heard.stream()
                .map(event -> ((OrderTold) event).order().path("id").asString())
                .toList();
    }

    private void sweep() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:ask-for-changes", null);
    }
}
