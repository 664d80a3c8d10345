package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubRoutesTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @TempDir
    private Path own;

    @Test
    void eachShippedRouteHasAnIdOfItsOwn() {
        HubRoutes.onClassPathAnd(own).joinTo(camel);

        assertThat(camel.getRouteDefinitions())
                .extracting(route -> route.getId())
                .contains("sweep", "ask-for-changes");
    }

    @Test
    void aFileThatWouldTakeAnothersRouteAwayStopsTheStart() throws IOException {
        file("more/mine.camel.yaml");

        assertThatThrownBy(() -> HubRoutes.onClassPathAnd(own).joinTo(camel))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("mine.camel.yaml")
                .hasMessageContaining("another file has a route sweep already");
    }

    @Test
    void aFileOfTheSameNameTakesTheShippedOnesPlace() throws IOException {
        file("effect/look.camel.yaml");

        HubRoutes.onClassPathAnd(own).joinTo(camel);

        assertThat(camel.getRouteDefinition("sweep").getInput().getEndpointUri())
                .isEqualTo("direct:mine");
    }

    private void file(String name) throws IOException {
        var file = own.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
            - route:
                id: sweep
                from:
                  uri: direct:mine
                  steps:
                    - log: mine
            """);
    }
}
