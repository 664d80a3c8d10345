package io.patchbay;

import io.patchbay.workshop.ConnectorCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The hub as one process; with {@code connector ...} as its first words, the tools of who writes a connector. */
@SpringBootApplication
public class Patchbay {

    static void main(String[] args) {
        if (ConnectorCommand.isAsked(args)) {
            System.exit(ConnectorCommand.run(args, new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
        }
        SpringApplication.run(Patchbay.class, args);
    }
}
