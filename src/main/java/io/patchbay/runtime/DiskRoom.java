package io.patchbay.runtime;

import java.io.File;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whether the disk has room for more hooks. They are refused before it is full to the last byte, so that what was taken can still be worked off. Thread-safe and
 * cheap: asked for every hook.
 */
@Component
public class DiskRoom {

    private final File disk;
    private final int mostPercent;
    private final boolean keepsHooks;

    @Autowired
    public DiskRoom(RuntimeProperties properties, DataFolder folder, ObjectProvider<EmbeddedActiveMQ> embedded) {
        this(folder.path().toFile(), properties.broker().maxDiskPercent(), embedded.getIfAvailable() != null);
    }

    /** @param keepsHooks false when an outer broker does */
    DiskRoom(File disk, int mostPercent, boolean keepsHooks) {
        this.disk = disk;
        this.mostPercent = mostPercent;
        this.keepsHooks = keepsHooks;
    }

    /** @throws IllegalStateException when no more hooks may be taken */
    public void require() {
        if (keepsHooks && usedPercent() > mostPercent) {
            throw new IllegalStateException("The disk of the data folder is fuller than " + mostPercent
                    + " % (patchbay.broker.max-disk-percent). Make room on it.");
        }
    }

    private double usedPercent() {
        var all = disk.getTotalSpace(); // 0 when it cannot be told
        return all == 0 ? 0 : 100.0 * (all - disk.getUsableSpace()) / all;
    }
}
