package io.patchbay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.springframework.util.FileSystemUtils;

/** Connectors in a folder beside the hub, which it takes in place of those it ships with. */
final class ConnectorsBeside {

    private static final String FAST = "capacity: 1000, refill: 200";

    private ConnectorsBeside() {}

    /** The connector as it ships, but a hundred times as fast: its pace is proved elsewhere, and here it would only stretch the run. */
    static void withoutPace(Path folder, String connector) throws IOException {
        changed(folder, connector, manifest -> manifest.replaceAll("capacity: \\d+, refill: \\d+", FAST));
    }

    /** The same, and it waits for an answer this long only: a fault that takes a minute as shipped takes seconds. */
    static void hasty(Path folder, String connector, Duration answer) throws IOException {
        changed(
                folder,
                connector,
                manifest -> manifest.replaceAll("capacity: \\d+, refill: \\d+", FAST)
                        .replaceAll("answer: \\d+s", "answer: " + answer.toSeconds() + "s"));
    }

    private static void changed(Path folder, String connector, UnaryOperator<String> change) throws IOException {
        var own = folder.resolve("connectors").resolve(connector);
        FileSystemUtils.copyRecursively(Path.of("connectors", connector), own);
        var manifest = own.resolve("connector.yaml");
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
    }
}
