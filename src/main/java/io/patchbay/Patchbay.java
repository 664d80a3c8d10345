package io.patchbay;

import io.patchbay.care.CareCommand;
import io.patchbay.workshop.ConnectorCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The hub as one process; with {@code connector ...} as its first words, the tools of who writes a connector; with
 * {@code doctor}, {@code backup} and their like, those of who runs a hub.
 */
@SpringBootApplication
public class Patchbay {

    /**
     * Carrier threads beyond the cores. Transactions take turns without holding a carrier, but a single statement that waits for the database
     * file's lock waits in native code: with no more carriers than cores, two of them on a small machine keep the one who has the lock from
     * going on, until the wait runs out. More than the database connections that can wait at once.
     */
    private static final int SPARE_CARRIERS = 16;

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, Integer.toString(Runtime.getRuntime().availableProcessors() + SPARE_CARRIERS));
        }
        if (ConnectorCommand.isAsked(args)) {
            System.exit(ConnectorCommand.run(args, new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
        }
        if (CareCommand.isAsked(args)) {
            System.exit(CareCommand.run(args, new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
        }
        SpringApplication.run(Patchbay.class, args);
    }
}
