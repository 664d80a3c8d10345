package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Folders change while Camel runs. The door out is a mock that lets a test hold a request. */
class ConnectorReloadTest {

    @TempDir
    Path own;

    private Path parrot;
    private Connectors connectors;
    private CamelContext camel;
    private ConnectorReload reload;
    private final List<String> taken = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        parrot = own.resolve("parrot");
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kit-connectors/parrot"), parrot);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kit-connectors/keyring"), own.resolve("keyring"));
        connectors = Connectors.in(own);
        camel = new DefaultCamelContext();
        camel.addComponent("map", new MapComponent(connectors));
        camel.addComponent("api", new MockComponent());
        camel.getRegistry().bind("jslt-language", new JsltLanguage());
        var routes = new ConnectorRoutes(connectors);
        routes.joinTo(camel);
        camel.start();
        reload = new ConnectorReload(connectors, routes, camel, own, connector -> taken.add(connector.id()));
        assertThat(connectors.setAside()).isEmpty();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void takesUpAChangedFolderWithoutARestart() throws IOException {
        assertThat(heard("one")).doesNotContain("changed");

        write("mappings/decode-hook.jslt", "{\"facts\": [], \"events\": [], \"ignored\": \"changed \" + .input.body}");
        reload.look();
        assertThat(heard("two"))
                .as("a folder that has just changed may still be written")
                .doesNotContain("changed");
        reload.look();

        assertThat(heard("three")).contains("changed three");
        assertThat(taken).containsExactly("parrot");
        reload.look();
        assertThat(taken).hasSize(1);
    }

    @Test
    void refusesABrokenFolderWithFileAndLineWhileTheOldOneWorks() throws IOException {
        write("mappings/decode-hook.jslt", "{\n  \"facts\": [],\n  \"events\" .d\n}");
        lookTwice();

        assertThat(heard("one")).doesNotContain("error");
        assertThat(connectors.find("parrot")).isPresent();
        assertThat(connectors.setAside().get("parrot"))
                .singleElement()
                .asString()
                .startsWith("mappings/decode-hook.jslt, line 3");
        assertThat(taken).isEmpty();

        write("mappings/decode-hook.jslt", "{\"facts\": [], \"events\": [], \"ignored\": \"mended\"}");
        lookTwice();
        assertThat(heard("two")).contains("mended");
        assertThat(connectors.setAside()).isEmpty();
    }

    @Test
    void putsTheOldRoutesBackWhenANewOneDoesNotStart() throws IOException {
        var before = heard("one");
        write(
                "broken.camel.yaml",
                "- route:\n"
                        + "    id: parrot.broken\n"
                        + "    from:\n"
                        + "      uri: no-such-component:x\n"
                        + "      steps:\n"
                        + "        - to: map:parrot/decode-hook\n");
        write("mappings/decode-hook.jslt", "{\"facts\": [], \"events\": [], \"ignored\": \"new\"}");
        lookTwice();

        assertThat(heard("one")).isEqualTo(before);
        assertThat(connectors.setAside().get("parrot"))
                .extracting(Problem::file)
                .contains("broken.camel.yaml");
    }

    @Test
    void takesUpANewFolderAndForgetsOneThatIsGone() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/kit-connectors/signet"), own.resolve("signet"));
        FileSystemUtils.deleteRecursively(own.resolve("keyring"));
        lookTwice();

        assertThat(connectors.find("signet")).isPresent();
        assertThat(connectors.find("keyring")).isEmpty();
        assertThat(heard("one")).isNotEmpty();
    }

    @Test
    void letsWhatIsInHandEndInTheOldRoutes() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof org.apache.camel.component.mock.MockEndpoint api) {
                api.whenAnyExchangeReceived(exchange -> {
                    asked.countDown();
                    answer.await();
                });
            }
        }
        try (var threads = Executors.newFixedThreadPool(2)) {
            var inHand = threads.submit(() -> camel.createProducerTemplate()
                    .request(
                            "direct:parrot.find-client",
                            exchange -> Conversation.on(exchange)
                                    .begin(
                                            json("{\"number\": \"+79000001235\", \"national\": \"9000001235\"}"),
                                            json("{}"))));
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            write("mappings/decode-hook.jslt", "{\"facts\": [], \"events\": [], \"ignored\": \"new\"}");
            var changing = threads.submit(() -> {
                lookTwice();
                return true;
            });
            answer.countDown();

            assertThat(changing.get(1, TimeUnit.MINUTES)).isTrue();
            assertThat(inHand.get(1, TimeUnit.MINUTES).getMessage().getBody(String.class))
                    .isEqualTo("{\"clients\":[]}");
        }
        assertThat(heard("one")).contains("new");
    }

    private void lookTwice() {
        reload.look();
        reload.look();
    }

    private String heard(String body) {
        return camel.createProducerTemplate()
                .request(
                        "direct:parrot.decode-hook",
                        exchange -> Conversation.on(exchange)
                                .begin(
                                        json("{\"body\": \"" + body + "\", \"headers\": {}, \"query\": {}}"),
                                        json("{}")))
                .getMessage()
                .getBody(String.class);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(parrot.resolve(file), text);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
