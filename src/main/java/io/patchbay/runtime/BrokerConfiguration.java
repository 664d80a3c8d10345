package io.patchbay.runtime;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.camel.component.jms.JmsComponent;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.artemis.autoconfigure.ArtemisConfigurationCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * The durable queues between the rooms. Embedded by default, with a journal that is on the disk before a send returns; an outer broker
 * ({@code spring.artemis.mode=native}) is used as it is.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    private static final int NANOS_IN_MICRO = 1_000;
    private static final int NEVER = -1;

    @Bean
    ArtemisConfigurationCustomizer embeddedBroker(RuntimeProperties properties, DataFolder folder) {
        return configuration -> {
            var broker = folder.folder("broker");
            configuration
                    .setPersistenceEnabled(true)
                    .setJournalDirectory(broker.resolve("journal").toString())
                    .setBindingsDirectory(broker.resolve("bindings").toString())
                    .setPagingDirectory(broker.resolve("paging").toString())
                    .setLargeMessagesDirectory(broker.resolve("large").toString());
            syncEveryWrite(configuration, properties.broker());
            configuration.addAddressSetting("#", neverDrop());
        };
    }

    /**
     * The embedded broker reports a journal it cannot read in the log only and leaves the process up; a hub without its queues would answer 503 for ever. So the
     * start fails instead.
     */
    @Bean
    @ConditionalOnBean(EmbeddedActiveMQ.class)
    SmartInitializingSingleton brokerIsUp(EmbeddedActiveMQ broker, DataFolder folder) {
        return () -> {
            if (!broker.getActiveMQServer().isActive()) {
                throw new StartRefusedException(
                        "The embedded broker did not start on its journal in "
                                + folder.path().resolve("broker") + ".",
                        "The log above says why. Free the disk or put back the folder from a back-up; accepted hooks"
                                + " that are not yet in the database stand in it.");
            }
        };
    }

    /** Camel's door to the queues: one shared connection, its sessions kept. */
    @Bean
    JmsComponent jms(ConnectionFactory connectionFactory) {
        var jms = JmsComponent.jmsComponentAutoAcknowledge(connectionFactory);
        jms.setDeliveryPersistent(true);
        jms.setArtemisStreamingEnabled(false);
        // a stop waits for work in hand instead of cutting it
        jms.setAcceptMessagesWhileStopping(false);
        return jms;
    }

    private static void syncEveryWrite(Configuration configuration, RuntimeProperties.Broker broker) {
        var nanos = broker.journalBufferMicros() * NANOS_IN_MICRO;
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalBufferTimeout_NIO(nanos)
                .setJournalBufferTimeout_AIO(nanos)
                .setMaxDiskUsage(NEVER) // it would let a sender wait for room without end; DiskRoom refuses at once
                .setPersistIDCache(true);
    }

    /** A message is redelivered until its consumer commits; none is ever moved away or dropped by a counter. */
    private static AddressSettings neverDrop() {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(1_000)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(60_000)
                .setAutoCreateQueues(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }
}
