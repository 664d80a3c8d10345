package io.patchbay.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.call.CallId;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped template for a connection's queue, with a broker in this JVM that keeps nothing. */
class EffectQueuesTest {

    private static final long CRM = 12;

    private static final String BROKER = "vm://4412";

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Queue<String> looked = new ConcurrentLinkedQueue<>();
    private final EffectQueues queues = new EffectQueues(camel, camel.createProducerTemplate());

    private ActiveMQConnectionFactory connections;

    /** Stands where the hub's own bean stands in the template. */
    public final class Looks {
        public void look(long connection, String call) {
            looked.add(connection + ":" + call);
        }

        public void sweep() {}
    }

    @BeforeEach
    void shipped() throws Exception {
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("inside", BROKER));
        broker.start();
        camel.getPropertiesComponent().addInitialProperty("patchbay.effect.idle-receive", "100");
        connections = new ActiveMQConnectionFactory(BROKER);
        camel.addComponent("jms", JmsComponent.jmsComponentAutoAcknowledge(connections));
        camel.getRegistry().bind("effectSteps", new Looks());
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:routes/effect/look.camel.yaml"));
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        connections.close();
        broker.stop();
    }

    @Test
    void everyConnectionHasAConsumerOfItsOwn() {
        camel.start();

        send(CRM, 1);
        send(13, 2);
        send(CRM, 3);

        await().untilAsserted(() -> assertThat(looked).containsExactlyInAnyOrder("12:1", "13:2", "12:3"));
        assertThat(camel.getRoute("look-12")).isNotNull();
        assertThat(camel.getRoute("look-13")).isNotNull();
    }

    @Test
    void whatIsWokenWhileTheHubStartsIsLookedAtOnceItHasStarted() throws Exception {
        duringStart(() -> send(CRM, 1));
        camel.start();
        assertThat(looked).isEmpty();

        queues.begin();

        await().untilAsserted(() -> assertThat(looked).containsExactly("12:1"));
    }

    @Test
    void aConnectionWokenWhileTheHubStartsIsNotDeafAfterwards() throws Exception {
        duringStart(() -> send(CRM, 1));
        camel.start();

        send(CRM, 2);

        await().untilAsserted(() -> assertThat(looked).containsExactlyInAnyOrder("12:1", "12:2"));
    }

    @Test
    void aQueueThatCouldNotBeOpenedIsOpenedWithTheNextWake() throws Exception {
        var attempts = new AtomicInteger();
        camel.start();
        camel.addRoutePolicyFactory((context, id, route) -> new RoutePolicySupport() {
            @Override
            public void onInit(Route started) {
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("the broker is not there yet");
                }
            }
        });

        send(CRM, 1);
        send(CRM, 2);

        await().untilAsserted(() -> assertThat(looked).containsExactlyInAnyOrder("12:1", "12:2"));
    }

    private void send(long connection, long call) {
        queues.send(connection, new CallId(call), "group", true);
    }

    /** Runs it while routes are being started: what a queue's or a timer's consumer may do that is up before the others. */
    private void duringStart(Runnable work) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:early?repeatCount=1&delay=3600000")
                        .routePolicy(new RoutePolicySupport() {
                            @Override
                            public void onStart(Route started) {
                                work.run();
                            }
                        })
                        .to("log:late");
            }
        });
    }
}
