package io.patchbay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Connectors in a folder beside the hub, which it takes in place of those it ships with. */
final class ConnectorsBeside {

    private ConnectorsBeside() {}

    /** The connector as it ships, but a hundred times as fast: its pace is proved elsewhere, and here it would only stretch the run. */
    static void withoutPace(Path folder, String connector) throws IOException {
        var own = folder.resolve("connectors").resolve(connector);
        FileSystemUtils.copyRecursively(Path.of("connectors", connector), own);
        var manifest = own.resolve("connector.yaml");
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceAll("capacity: \\d+, refill: \\d+", "capacity: 1000, refill: 200"));
    }
}
