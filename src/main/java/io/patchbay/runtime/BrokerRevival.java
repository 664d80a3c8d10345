package io.patchbay.runtime;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The embedded broker stops itself when its journal cannot be written, and stays down [code] artemis 2.56, AMQ222010. Until it is started again every hook is answered
 * 503; what it accepted before stands in its journal. An outer broker is left alone.
 */
@Component
public class BrokerRevival {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerRevival.class);

    private final ObjectProvider<EmbeddedActiveMQ> embedded;
    private final DataFolder folder;

    public BrokerRevival(ObjectProvider<EmbeddedActiveMQ> embedded, DataFolder folder) {
        this.embedded = embedded;
        this.folder = folder;
    }

    /** Starts it if it stopped itself and its disk has room for a file of its journal. */
    public void revive() {
        embedded.ifAvailable(broker -> {
            if (!broker.getActiveMQServer().isActive() && isRoom(broker)) {
                restart(broker);
            }
        });
    }

    private boolean isRoom(EmbeddedActiveMQ broker) {
        try {
            var fileSize = broker.getActiveMQServer().getConfiguration().getJournalFileSize();
            return Files.getFileStore(folder.path()).getUsableSpace() > fileSize;
        } catch (IOException e) {
            LOG.warn("broker.disk-unknown fault=OURS why={}", e.getMessage());
            return false;
        }
    }

    private static void restart(EmbeddedActiveMQ broker) {
        try {
            broker.stop(); // what the broker left open when it stopped itself
            broker.start();
            LOG.warn("broker.revived: it had stopped because its journal could not be written");
        } catch (Exception e) {
            LOG.error("broker.not-revived fault=OURS", e);
        }
    }
}
