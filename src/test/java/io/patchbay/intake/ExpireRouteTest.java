package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallId;
import io.patchbay.call.CallResult;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.Connections;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Wakes;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.Journal;
import io.patchbay.journal.StoredCall;
import io.patchbay.recording.RecordingSteps;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.ShippedRoute;
import io.patchbay.testing.ToldCall;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** routes/call/expire.camel.yaml on a real database; only the timer is the test's. */
class ExpireRouteTest extends ShippedRoute {

    private static final CompanyId COMPANY = new CompanyId(1);

    private final ConnectorBench hub = ConnectorBench.of("beeline").hub().start();
    private long crm;

    ExpireRouteTest() {
        super("routes/call/expire.camel.yaml");
    }

    @BeforeEach
    void replaceEnds() throws Exception {
        crm = hub.bean(Connections.class)
                .add(COMPANY, "bitrix24", "CRM", Map.of())
                .id()
                .value();
        var registry = context.getRegistry();
        registry.bind("safetyTimer", hub.bean(SafetyTimer.class));
        registry.bind("recordingSteps", hub.bean(RecordingSteps.class));
        registry.bind("effectSteps", hub.bean(EffectSteps.class));
        registry.bind("inOneTransaction", new SpringTransactionPolicy(hub.bean(TransactionTemplate.class)));
        beginHere("expire");
        context.start();
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private CallId ringing() {
        var facts = new ToldCall(
                        hub.connection().id().value(), "lost", hub.clock().instant())
                .from("+79000001234")
                .leg("201", 0, -1, -1)
                .facts();
        return hub.database()
                .transactions()
                .execute(status -> hub.bean(Journal.class).join(COMPANY, facts))
                .getFirst()
                .id();
    }

    private boolean fire() {
        return send("expire", exchange -> {}).getException() == null;
    }

    private StoredCall only() {
        var rows = hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 2)).items();
        assertThat(rows).hasSize(1);
        return hub.bean(Journal.class).find(COMPANY, rows.getFirst().id()).orElseThrow();
    }

    @Test
    void aRingWhoseEndNeverCameIsClosedMarkedAndToldToTheCrm() {
        var call = ringing();
        fire();
        assertThat(only().call().isOpen()).isTrue();
        assertThat(hub.bean(Wakes.class).of(call, crm)).isEmpty();

        hub.clock().advance(Duration.ofMinutes(11));
        assertThat(fire()).isTrue();

        assertThat(only().call().endIsUnknown()).isTrue();
        assertThat(only().call().result(hub.clock().instant().plusSeconds(10))).isEqualTo(CallResult.MISSED);
        assertThat(hub.bean(Wakes.class).of(call, crm)).isPresent();
    }

    @Test
    void firedAgainItWakesNobodyAgain() {
        var call = ringing();
        hub.clock().advance(Duration.ofMinutes(11));
        fire();
        var wake = hub.bean(Wakes.class).of(call, crm);

        fire();

        assertThat(hub.bean(Wakes.class).of(call, crm)).isEqualTo(wake);
    }

    @Test
    void aCallIsNotClosedWithoutItsWakeUp() {
        var call = ringing();
        hub.clock().advance(Duration.ofMinutes(11));
        var jdbc = hub.database().jdbc();
        jdbc.sql("ALTER TABLE wake RENAME TO away").update();

        assertThat(fire()).isFalse();
        assertThat(only().call().isOpen()).isTrue();

        jdbc.sql("ALTER TABLE away RENAME TO wake").update();
        assertThat(fire()).isTrue();
        assertThat(only().call().isOpen()).isFalse();
        assertThat(hub.bean(Wakes.class).of(call, crm)).isPresent();
    }
}
