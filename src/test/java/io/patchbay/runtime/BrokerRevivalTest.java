package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class BrokerRevivalTest {

    private static final String ADDRESS = "vm://77";

    @Test
    void aBrokerThatStoppedItselfIsStartedAgainWithWhatItHad(@TempDir Path folder) throws Exception {
        var broker = new EmbeddedActiveMQ().setConfiguration(configuration(folder));
        try (var data = DataFolder.take(folder)) {
            broker.start();
            send("kept");
            var revival = new BrokerRevival(
                    new StaticListableBeanFactory(Map.of("broker", broker)).getBeanProvider(EmbeddedActiveMQ.class),
                    data);

            revival.revive();
            assertThat(broker.getActiveMQServer().isActive()).as("left alone").isTrue();

            broker.getActiveMQServer().stop();
            revival.revive();

            assertThat(broker.getActiveMQServer().isActive()).isTrue();
            assertThat(receive()).isEqualTo("kept");
        } finally {
            broker.stop();
        }
    }

    private static ConfigurationImpl configuration(Path folder) throws Exception {
        var configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false);
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large").toString());
        configuration.addAcceptorConfiguration("here", ADDRESS);
        return configuration;
    }

    private static void send(String text) throws Exception {
        try (var factory = new ActiveMQConnectionFactory(ADDRESS);
                var context = ((ConnectionFactory) factory).createContext()) {
            context.createProducer().send(context.createQueue("q"), text);
        }
    }

    private static String receive() throws Exception {
        try (var factory = new ActiveMQConnectionFactory(ADDRESS);
                var context = ((ConnectionFactory) factory).createContext()) {
            return context.createConsumer(context.createQueue("q")).receiveBody(String.class, 5_000);
        }
    }
}
