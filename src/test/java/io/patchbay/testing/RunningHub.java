package io.patchbay.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The whole hub on a port of its own with fresh data. Tests that are marked so share one: each makes what it needs under names of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.data-dir=target/test-hub/${random.uuid}",
            "patchbay.access.api-token=" + RunningHub.TOKEN,
            "patchbay.connectors-dir=src/test/resources/kit-connectors",
            "management.server.port=0"
        })
public @interface RunningHub {

    /** Opens the REST API of the first company. */
    String TOKEN = "a-token-of-the-tests-that-is-long-enough";
}
