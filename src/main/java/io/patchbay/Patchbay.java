package io.patchbay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The hub as one process. */
@SpringBootApplication
public class Patchbay {

    static void main(String[] args) {
        SpringApplication.run(Patchbay.class, args);
    }
}
