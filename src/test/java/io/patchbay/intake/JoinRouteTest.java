package io.patchbay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.call.CallResult;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.effect.EffectProperties;
import io.patchbay.effect.EffectRunner;
import io.patchbay.effect.EffectSteps;
import io.patchbay.effect.Ledger;
import io.patchbay.effect.Receivers;
import io.patchbay.effect.Wakes;
import io.patchbay.journal.CallQuery;
import io.patchbay.journal.CallRow;
import io.patchbay.journal.Journal;
import io.patchbay.recording.RecordingSteps;
import io.patchbay.testing.ConnectorBench;
import io.patchbay.testing.ShippedRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * routes/call/join.camel.yaml between the queue and the database, which is real. What is thrown out of the route goes back into the queue: it is consumed in a
 * transaction.
 */
class JoinRouteTest extends ShippedRoute {

    private static final CompanyId COMPANY = new CompanyId(1);
    private static final int GIVEN_UP_AFTER = 5; // readings

    private final ConnectorBench hub = ConnectorBench.of("beeline").hub().start();
    private final List<Long> woken = new ArrayList<>();
    private long crm;
    private int hooks;

    JoinRouteTest() {
        super("routes/call/join.camel.yaml");
    }

    @BeforeEach
    void replaceEnds() throws Exception {
        crm = hub.bean(Connections.class)
                .add(COMPANY, "bitrix24", "CRM", Map.of())
                .id()
                .value();
        var registry = context.getRegistry();
        registry.bind("decodeSteps", hub.bean(DecodeSteps.class));
        registry.bind("joinSteps", hub.bean(JoinSteps.class));
        registry.bind("recordingSteps", hub.bean(RecordingSteps.class));
        registry.bind("effectSteps", effectSteps());
        registry.bind("inOneTransaction", new SpringTransactionPolicy(hub.bean(TransactionTemplate.class)));
        assertThat(shippedBegin("join"))
                .as("the queue lets a hook go only when the route is through")
                .contains("jms:queue:patchbay.intake", "transacted=true");
        beginHere("join");
        context.start();
    }

    /** The hub's own, but what it sends to the effect queues is written down. */
    private EffectSteps effectSteps() {
        return new EffectSteps(
                hub.bean(Journal.class),
                hub.bean(Ledger.class),
                hub.bean(Wakes.class),
                hub.bean(Receivers.class),
                hub.bean(EffectRunner.class),
                (connection, call, group, live) -> woken.add(connection),
                hub.bean(EffectProperties.class).resend(),
                hub.bean(Clock.class));
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private byte[] hook(String body) {
        return hook(hub.connection().id(), body);
    }

    private byte[] hook(ConnectionId connection, String body) {
        return hub.bean(SealedHooks.class)
                .seal(new Hook(
                        "hook-" + ++hooks,
                        COMPANY,
                        connection,
                        hub.clock().instant(),
                        "POST",
                        "application/xml",
                        "",
                        Map.of(),
                        body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private byte[] example(String name) throws IOException {
        return hook(Files.readString(Path.of("connectors/beeline/examples/" + name + ".xml")));
    }

    private Exchange deliver(byte[] hook, int delivery) {
        return send("join", exchange -> {
            exchange.getIn().setBody(hook);
            exchange.getIn().setHeader("JMSXDeliveryCount", delivery);
        });
    }

    private void taken(byte[] hook) {
        assertThat(deliver(hook, 1).getException()).isNull();
    }

    private void staysInTheQueue(byte[] hook, int delivery) {
        assertThat(deliver(hook, delivery).getException()).isNotNull();
    }

    private List<CallRow> calls() {
        return hub.bean(Journal.class).list(CallQuery.newest(COMPANY, 10)).items();
    }

    private long count(String sql) {
        return hub.database().jdbc().sql(sql).query(Long.class).single();
    }

    private long facts() {
        return count("SELECT COUNT(*) FROM call_fact");
    }

    private void away(String table) {
        hub.database().jdbc().sql("ALTER TABLE " + table + " RENAME TO away").update();
    }

    private void back(String table) {
        hub.database().jdbc().sql("ALTER TABLE away RENAME TO " + table).update();
    }

    @Test
    void theEventsOfACallBecomeOneCallAndWakeWhoMustAct() throws Exception {
        taken(example("event-inbound-answered-1-received"));
        assertThat(woken).containsExactly(crm);

        taken(example("event-inbound-answered-2-answered"));
        taken(example("event-inbound-answered-3-released"));

        assertThat(calls()).hasSize(1);
        assertThat(calls().getFirst().result()).isEqualTo(CallResult.ANSWERED);
        assertThat(woken).containsExactly(crm, crm, crm);
    }

    @Test
    void aRedeliveryFindsItsWorkDone() throws Exception {
        var hook = example("event-inbound-answered-1-received");
        taken(hook);
        var facts = facts();
        var wakes = hub.bean(Wakes.class).open();

        assertThat(deliver(hook, 2).getException()).isNull();

        assertThat(facts()).isEqualTo(facts).isPositive();
        assertThat(woken).as("once").containsExactly(crm);
        assertThat(hub.bean(Wakes.class).open()).isEqualTo(wakes);
        assertThat(count("SELECT COUNT(*) FROM raw_hook")).isOne();
    }

    @Test
    void aHookThatNobodyCanReadIsPutAsideWithItsReasonAndTheNextGoesOn() throws Exception {
        taken(hook("<Event><never>closed"));

        assertThat(count("SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL AND aside <> ''"))
                .isOne();
        assertThat(calls()).isEmpty();

        taken(example("event-inbound-answered-1-received"));
        assertThat(calls()).hasSize(1);
        assertThat(count("SELECT COUNT(*) FROM raw_hook WHERE aside IS NULL")).isOne();
    }

    @Test
    void externalEntitiesArePutAsideUnread() {
        taken(hook("<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Event>&x;</Event>"));

        assertThat(count("SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL"))
                .isOne();
    }

    @Test
    void whatAnErrorOfTheHubKeepsFromBeingReadIsTriedAndThenPutAside() throws Exception {
        var hook = example("event-inbound-answered-1-received");
        away("pbx_line"); // read while the hook is understood
        for (int delivery = 1; delivery < GIVEN_UP_AFTER; delivery++) {
            staysInTheQueue(hook, delivery);
        }

        assertThat(deliver(hook, GIVEN_UP_AFTER).getException()).isNull();

        assertThat(count("SELECT COUNT(*) FROM raw_hook WHERE aside IS NOT NULL"))
                .isOne();
        back("pbx_line");
        taken(example("event-inbound-answered-1-received"));
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aHookStaysInTheQueueWhileTheDatabaseIsDownHoweverOften() throws Exception {
        var hook = example("event-inbound-answered-1-received");
        away("raw_hook");
        for (int delivery = 1; delivery <= 3 * GIVEN_UP_AFTER; delivery++) {
            staysInTheQueue(hook, delivery);
        }

        back("raw_hook");
        assertThat(deliver(hook, 3 * GIVEN_UP_AFTER + 1).getException()).isNull();

        assertThat(calls()).hasSize(1);
        assertThat(woken).containsExactly(crm);
    }

    @Test
    void factsAndWakeUpsAreStoredTogetherOrNotAtAll() throws Exception {
        var hook = example("event-inbound-answered-1-received");
        away("wake");

        staysInTheQueue(hook, 1);

        assertThat(facts()).as("no fact without its wake-up").isZero();
        assertThat(calls()).isEmpty();
        assertThat(woken).as("nobody is woken before the commit").isEmpty();

        back("wake");
        assertThat(deliver(hook, 2).getException()).isNull();
        assertThat(calls()).hasSize(1);
        assertThat(woken).containsExactly(crm);
    }

    @Test
    void bytesThatWereSealedWithAnotherKeyWaitForIt() throws Exception {
        var hook = example("event-inbound-answered-1-received");
        hook[hook.length - 1] ^= 1;

        for (int delivery = 1; delivery <= 2 * GIVEN_UP_AFTER; delivery++) {
            staysInTheQueue(hook, delivery);
        }

        taken(example("event-inbound-answered-1-received"));
        assertThat(calls()).as("the next go on").hasSize(1);
    }
}
