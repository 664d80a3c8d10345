package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A queue and a consumer of its own for each connection, so that a slow or dead target delays nobody else. Wake-ups of one group (one client, or one call)
 * are looked at one after the other.
 */
@Component
public class EffectQueues implements WakeSender {

    private static final Logger LOG = LoggerFactory.getLogger(EffectQueues.class);

    /** Of 0..9: history and replay wait behind live calls. */
    private static final int LIVE = 6;

    private static final int LATER = 3;

    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final Set<Long> wanted = ConcurrentHashMap.newKeySet();

    /** Changed under the lock of this object. */
    private final Set<Long> begun = ConcurrentHashMap.newKeySet();

    public EffectQueues(CamelContext camel, ProducerTemplate producer) {
        this.camel = camel;
        this.producer = producer;
    }

    @Override
    public void send(long connection, CallId call, String group, boolean live) {
        wanted.add(connection);
        producer.sendBodyAndHeaders(
                "jms:queue:patchbay.effects." + connection + "?preserveMessageQos=true",
                Long.toString(call.value()),
                Map.of("JMSXGroupID", group, "JMSPriority", live ? LIVE : LATER, "JMSDeliveryMode", 2));
        begin();
    }

    /**
     * Begins to take from every queue that was sent to and has no consumer. While the hub starts nothing is begun: Camel keeps a route that is added between
     * "starting" and "started" and never starts it, and the connection would be deaf until the next restart. Each later send asks again.
     */
    @EventListener(ApplicationStartedEvent.class)
    public synchronized void begin() {
        if (camel.isStarted()) {
            wanted.stream().filter(connection -> !begun.contains(connection)).forEach(this::begin);
        }
    }

    /** One that cannot be begun now does not keep the others from it. */
    private void begin(long connection) {
        try {
            TemplatedRouteBuilder.builder(camel, "look")
                    .routeId("look-" + connection)
                    .parameter("connection", connection)
                    .add();
            begun.add(connection);
        } catch (RuntimeException e) {
            LOG.error("effects.queue-not-begun connection={}; it is tried again with the next wake-up", connection, e);
        }
    }
}
