package io.patchbay.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Operations;
import io.patchbay.intake.Hooks;
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

/** A new hook address for a PBX that takes subscriptions, and for a system where a person pastes it. The keeping is the shipped route's. */
class HookRotationTest {

    private static final String TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final Duration DAY = Duration.ofHours(24);

    private final MovableClock clock = new MovableClock(ConnectorBench.START);
    private final BeelinePbx pbx = new BeelinePbx(BeelineCompany.small(), TOKEN, clock, 7);
    private ConnectorBench hub;

    @AfterEach
    void close() {
        hub.close();
        pbx.close();
    }

    private void subscribed(TestDatabase.Kind kind) throws Exception {
        hub = ConnectorBench.of("beeline")
                .hub()
                .on(kind)
                .clock(clock)
                .setting("baseUrl", pbx.baseUrl())
                .secret("token", TOKEN)
                .start();
        HubParts.route(
                hub.bean(CamelContext.class),
                "routes/upkeep/keep.camel.yaml",
                "keep",
                Map.of("upkeepSteps", hub.bean(UpkeepSteps.class)));
        keep();
    }

    private void keep() {
        hub.bean(CamelContext.class).createProducerTemplate().sendBody("direct:keep", null);
    }

    private Hooks hooks() {
        return hub.bean(Hooks.class);
    }

    private String secret() {
        return hooks().address(hub.connection().id()).getPath().substring("/hooks/".length());
    }

    private void rotate(Duration overlap) {
        hub.bean(HookRotation.class).rotate(hub.connection(), overlap);
    }

    /** What the PBX was told last. */
    private String registered() {
        return pbx.requests(request -> request.path().endsWith("/subscription")
                        && request.method().equals("PUT"))
                .getLast()
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void thePbxIsToldTheNewAddressAndOnlyThenTheOldOneRunsOut(TestDatabase.Kind kind) throws Exception {
        subscribed(kind);
        var old = secret();

        rotate(DAY);
        clock.advance(Duration.ofDays(2));
        assertThat(hooks().owner(old)).as("the PBX still has it").isPresent();

        keep();
        assertThat(registered()).contains(secret()).doesNotContain(old);
        assertThat(pbx.liveSubscriptions()).hasSize(1);
        clock.advance(DAY.minusSeconds(1));
        assertThat(hooks().owner(old)).isPresent();

        clock.advance(Duration.ofSeconds(1));
        assertThat(hooks().owner(old)).isEmpty();
        assertThat(hooks().owner(secret())).isPresent();
    }

    @Test
    void aPbxThatIsDownKeepsTheOldAddressUntilItHasTheNewOne() throws Exception {
        subscribed(TestDatabase.Kind.SQLITE);
        var old = secret();
        pbx.misbehave(request -> true, 10_000, Misbehaviour.answer(Reply.json(503, "{}")));
        rotate(Duration.ZERO);
        for (int day = 0; day < 3; day++) {
            clock.advance(DAY);
            keep();
        }
        assertThat(hooks().owner(old)).isPresent();

        pbx.behave();
        clock.advance(Duration.ofMinutes(5));
        keep();

        assertThat(registered()).contains(secret());
        assertThat(hooks().owner(old)).as("no overlap was asked for").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aHubThatStoppedInBetweenRegistersWhenItIsBack(TestDatabase.Kind kind) throws Exception {
        subscribed(kind);
        var old = secret();
        rotate(DAY);

        afterARestart().keep();

        assertThat(registered()).contains(secret());
        clock.advance(DAY);
        assertThat(hooks().owner(old)).isEmpty();
    }

    /** The same steps with nothing but what is stored. */
    private UpkeepSteps afterARestart() {
        var subscriptions = new Subscriptions(
                hub.bean(Operations.class),
                hub.state(),
                hub.bean(ConnectionHealth.class),
                hooks(),
                hub.bean(UpkeepProperties.class),
                clock);
        return new UpkeepSteps(
                hub.bean(Connections.class),
                hub.bean(Operations.class),
                hub.state(),
                subscriptions,
                hub.bean(HookRotation.class),
                hub.bean(Roster.class),
                hub.bean(UpkeepProperties.class),
                clock);
    }

    @Test
    void aConnectionThatIsOffRegistersWhenItIsOnAgain() throws Exception {
        subscribed(TestDatabase.Kind.SQLITE);
        var old = secret();
        var power = hub.bean(ConnectionSwitch.class);
        power.off(hub.connection());
        rotate(DAY);
        keep();
        clock.advance(Duration.ofDays(2));
        assertThat(hooks().owner(old)).isPresent();

        power.on(hub.connection());
        keep();

        assertThat(registered()).contains(secret());
    }

    @Test
    void whatIsPastedByHandRunsOutFromTheChangeOn() throws Exception {
        subscribed(TestDatabase.Kind.SQLITE);
        var form = hub.bean(Connections.class).add(hub.connection().company(), "form", "Form", Map.of());
        var old = hooks().address(form.id()).getPath().substring("/hooks/".length());
        var rotation = hub.bean(HookRotation.class);
        assertThat(rotation.registersItself(form)).isFalse();

        rotation.rotate(form, DAY);

        assertThat(hooks().owner(old)).isPresent();
        clock.advance(DAY);
        assertThat(hooks().owner(old)).isEmpty();
    }

    @Test
    void anOldAddressIsEndedAtOnceAlsoWhileThePbxStillHasIt() throws Exception {
        subscribed(TestDatabase.Kind.SQLITE);
        var old = secret();
        rotate(DAY);

        hub.bean(HookRotation.class).endFormer(hub.connection());

        assertThat(hooks().owner(old)).isEmpty();
        keep();
        assertThat(registered()).contains(secret());
    }

    @Test // other settings may take the subscription away while it is awaited
    void anOldAddressNeverLastsForEver() throws Exception {
        subscribed(TestDatabase.Kind.SQLITE);
        var form = hub.bean(Connections.class).add(hub.connection().company(), "form", "Form", Map.of());
        var old = hooks().address(form.id()).getPath().substring("/hooks/".length());
        hooks().change(form.id(), DAY, false);

        keep();
        clock.advance(DAY);

        assertThat(hooks().owner(old)).isEmpty();
    }
}
