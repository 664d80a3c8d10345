package io.patchbay.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionHealth.Colour;
import io.patchbay.connection.Connections;
import io.patchbay.directory.Employees;
import io.patchbay.intake.Door;
import io.patchbay.intake.HubEvent.SubscriptionEnded;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.SimulatedServer.Misbehaviour;
import io.patchbay.sandbox.SimulatedServer.Reply;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.HubParts;
import io.patchbay.testing.MovableClock;
import io.patchbay.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** routes/upkeep/keep.camel.yaml as shipped, against a PBX that keeps to its contract; only the timer is the test's. */
class KeepRouteTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private final Door door = new Door();
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
        door.close();
    }

    private void connect(TestDatabase.Kind kind) throws Exception {
        pbx.grantAtMost(Duration.ofHours(2));
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .secret("token", TOKEN)
                .property("patchbay.intake.public-url", door.address().toString())
                .start();
        door.leadsTo(hub);
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/upkeep/keep.camel.yaml",
                "keep",
                Map.of("upkeepSteps", hub.bean(UpkeepSteps.class)));
    }

    private void keep() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:keep", null);
    }

    private void keepFor(Duration time, Duration step) {
        for (var left = time; left.isPositive(); left = left.minus(step)) {
            clock.advance(step);
            keep();
        }
    }

    private long asked(String method) {
        return pbx.requests(request -> request.path().endsWith("/subscription")
                        && request.method().equals(method))
                .size();
    }

    private String inUse() {
        return hub.bean(Subscriptions.class).inUse(hub.connection().id()).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void subscribesOnceAndAnewAtHalfOfWhatWasGranted(TestDatabase.Kind kind) throws Exception {
        connect(kind);
        keep();
        keep();
        var first = inUse();
        assertThat(asked("PUT")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(59));
        keep();
        assertThat(inUse()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(1));
        keep();
        assertThat(inUse()).isNotEqualTo(first);
        assertThat(pbx.liveSubscriptions()).containsExactly(inUse());
    }

    @Test // it may have run out while nobody looked after it
    void aConnectionThatIsSwitchedOnAgainSubscribesAnew() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        var first = inUse();
        var onOff = hub.bean(ConnectionSwitch.class);

        onOff.off(connection());
        keep();
        assertThat(pbx.liveSubscriptions()).containsExactly(first);

        onOff.on(connection());
        keep();
        assertThat(inUse()).isNotEqualTo(first);
        assertThat(pbx.liveSubscriptions()).containsExactly(inUse());
    }

    @Test
    void aConnectionThatIsRemovedLeavesNoSubscriptionBehind() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();

        hub.bean(ConnectionSwitch.class).remove(connection());

        assertThat(pbx.liveSubscriptions()).isEmpty();
        assertThat(hub.bean(Connections.class).of(new CompanyId(1))).isEmpty();
    }

    private Connection connection() {
        var connections = hub.bean(Connections.class);
        return connections.find(new CompanyId(1), hub.connection().id()).orElseThrow();
    }

    @Test
    void subscribesAgainWhenTheOneInUseEndsAndNotWhenAnOldOneDoes() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        var first = inUse();
        pbx.terminate(first);
        pbx.awaitDeliveries();
        keep();
        assertThat(inUse()).isNotEqualTo(first);
        var asked = asked("PUT");

        hub.bean(Subscriptions.class)
                .on(new SubscriptionEnded(new CompanyId(1), hub.connection().id(), first));
        keep();

        assertThat(asked("PUT")).isEqualTo(asked);
        assertThat(pbx.liveSubscriptions()).containsExactly(inUse());
    }

    @Test
    void aPbxThatIsDownAtTheRenewalIsAskedUntilOneLivesAgain() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        pbx.misbehave(request -> true, 10_000, Misbehaviour.answer(Reply.json(503, "{}")));
        keepFor(Duration.ofHours(3), Duration.ofMinutes(10));

        pbx.behave();
        keepFor(Duration.ofMinutes(30), Duration.ofMinutes(2));

        assertThat(pbx.liveSubscriptions()).containsExactly(inUse());
    }

    @Test
    void anOldOneThatCouldNotBeDroppedIsDroppedLater() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        pbx.misbehave(request -> request.method().equals("DELETE"), 1, Misbehaviour.answer(Reply.json(503, "{}")));
        clock.advance(Duration.ofHours(1));
        keep();
        assertThat(pbx.liveSubscriptions()).hasSize(2);

        keepFor(Duration.ofMinutes(3), Duration.ofMinutes(1));

        assertThat(pbx.liveSubscriptions()).containsExactly(inUse());
    }

    @Test
    void readsWhoWorksThereEveryTenMinutes() throws Exception {
        connect(TestDatabase.Kind.SQLITE);

        keepFor(Duration.ofHours(1), Duration.ofMinutes(1));

        assertThat(pbx.requests(request -> request.path().endsWith("/abonents")))
                .hasSize(6);
        assertThat(hub.bean(Employees.class).all(new CompanyId(1))).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aRefusedSubscriptionIsRedUntilOneLivesAgainWhateverElseGoesWell() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        pbx.misbehave(
                request -> request.path().endsWith("/subscription")
                        && request.method().equals("PUT"),
                10_000,
                Misbehaviour.answer(Reply.json(400, "{\"errorCode\": \"WrongUrl\"}")));
        clock.advance(Duration.ofHours(1));
        var refusedAt = clock.instant();
        keep();
        keepFor(Duration.ofMinutes(30), Duration.ofMinutes(1));

        assertThat(hub.health().fault())
                .as("the list of employees was answered meanwhile")
                .isEmpty();
        assertThat(hub.health().colour()).isEqualTo(Colour.RED);
        assertThat(hub.health().since()).contains(refusedAt);

        pbx.behave();
        keepFor(Duration.ofMinutes(2), Duration.ofMinutes(1));

        assertThat(hub.health().colour()).isEqualTo(Colour.GREEN);
        assertThat(hub.health().since()).isEmpty();
    }

    @Test
    void aPbxThatIsDownAtTheRenewalIsDeafOnlyWhenTheSubscriptionHasRunOut() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        pbx.misbehave(request -> true, 10_000, Misbehaviour.answer(Reply.json(503, "{}")));
        keepFor(Duration.ofMinutes(110), Duration.ofMinutes(10));
        assertThat(hub.health().deafness()).isEmpty();

        keepFor(Duration.ofMinutes(20), Duration.ofMinutes(5));

        assertThat(hub.health().deafness()).isPresent();
    }

    @Test
    void theEndOfTheSubscriptionInUseIsRedAtOnceAndGreenWithTheNextOne() throws Exception {
        connect(TestDatabase.Kind.SQLITE);
        keep();
        pbx.terminate(inUse());
        pbx.awaitDeliveries();
        assertThat(hub.health().colour()).isEqualTo(Colour.RED);

        keep();

        assertThat(hub.health().colour()).isEqualTo(Colour.GREEN);
    }
}
