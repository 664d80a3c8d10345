package io.patchbay.clicktocall;

import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** The queue of routes/clicktocall/place.camel.yaml. What does not fit is found again in the table. */
@Component
class SedaOrderQueue implements OrderQueue {

    private static final String QUEUE = "seda:patchbay.orders?size=1000&discardWhenFull=true";

    private final ProducerTemplate producer;

    SedaOrderQueue(ProducerTemplate producer) {
        this.producer = producer;
    }

    @Override
    public void put(long order) {
        producer.sendBody(QUEUE, order);
    }
}
