package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/**
 * A queue and a consumer of its own for each connection, so that a slow or dead target delays nobody else. Wake-ups of one group (one client, or one call)
 * are looked at one after the other.
 */
@Component
public class EffectQueues implements WakeSender {

    /** Of 0..9: history and replay wait behind live calls. */
    private static final int LIVE = 6;

    private static final int LATER = 3;

    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final Set<Long> consumed = ConcurrentHashMap.newKeySet();

    public EffectQueues(CamelContext camel, ProducerTemplate producer) {
        this.camel = camel;
        this.producer = producer;
    }

    @Override
    public void send(long connection, CallId call, String group, boolean live) {
        consume(connection);
        producer.sendBodyAndHeaders(
                "jms:queue:patchbay.effects." + connection + "?preserveMessageQos=true",
                Long.toString(call.value()),
                Map.of("JMSXGroupID", group, "JMSPriority", live ? LIVE : LATER, "JMSDeliveryMode", 2));
    }

    private void consume(long connection) {
        if (consumed.add(connection)) {
            TemplatedRouteBuilder.builder(camel, "look")
                    .routeId("look-" + connection)
                    .parameter("connection", connection)
                    .add();
        }
    }
}
