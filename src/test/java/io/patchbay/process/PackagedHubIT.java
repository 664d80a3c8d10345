package io.patchbay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar target/patchbay.jar} in an empty folder with a few things beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagedHubIT {

    private static final Pattern SETUP_LINK = Pattern.compile("http://localhost:\\d+/setup/\\S+");
    private static final Path KIT_CONNECTORS = Path.of("src/test/resources/kit-connectors");

    private Path folder;
    private HubProcess hub;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        assertThat(System.getProperty("patchbay.jar", ""))
                .as("the packaged jar")
                .isNotEmpty();
        folder = empty;
        copy(KIT_CONNECTORS.resolve("parrot"), folder.resolve("connectors/parrot"));
        copy(Path.of("connectors/amocrm"), folder.resolve("connectors/amocrm"));
        var own = Files.createDirectories(folder.resolve("routes/upkeep")).resolve("keep.camel.yaml");
        Files.writeString(own, """
            - route:
                id: keep
                from:
                  uri: timer:keep
                  parameters: {repeatCount: 1}
                  steps:
                    - log: {message: "own upkeep", logName: io.patchbay.own}
            """);
        Files.writeString(
                folder.resolve("connectors/amocrm/connector.yaml"),
                Files.readString(folder.resolve("connectors/amocrm/connector.yaml"))
                        .replaceFirst("title: .*", "title: Our own CRM"));
        hub = HubProcess.launch(folder).ready();
    }

    @Test
    void tellsWhatItIsBuiltFrom() throws IOException {
        try (var jar = new ZipFile(System.getProperty("patchbay.jar"))) {
            assertThat(entry(jar, "application.cdx.json"))
                    .contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/org.xerial/sqlite-jdbc@")
                    .doesNotContain("junit");
            assertThat(entry(jar, "THIRD-PARTY.txt")).contains("(Apache-2.0)", "org.xerial:sqlite-jdbc:");
        }
    }

    private static String entry(ZipFile jar, String ending) throws IOException {
        var entry = jar.stream()
                .filter(one -> one.getName().endsWith("/" + ending))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The jar holds no " + ending));
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void knowsTheConnectorsInsideTheJarAndThoseBesideIt() {
        var connectors = hub.get("/api/v1/connectors").path("items");

        assertThat(connectors.valueStream().map(one -> one.path("id").asString()))
                .contains("amocrm", "beeline", "bitrix24", "parrot");
        assertThat(connectors
                        .valueStream()
                        .filter(one -> one.path("id").asString().equals("amocrm"))
                        .map(one -> one.path("title").asString()))
                .as("the folder beside the jar replaces the one inside")
                .containsExactly("Our own CRM");
        assertThat(connectors
                        .valueStream()
                        .filter(one -> one.path("id").asString().equals("beeline"))
                        .flatMap(one -> one.path("can").valueStream())
                        .map(can -> can.asString()))
                .as("its routes were found in the jar")
                .contains("decode-hook", "list-calls");
        assertThat(hub.log()).doesNotContain("connector.set-aside");
    }

    @Test
    void runsTheRouteBesideTheJarInPlaceOfItsOwn() {
        await().atMost(Duration.ofSeconds(30)).until(() -> hub.log().contains("own upkeep"));
    }

    @Test
    void hasNoSandbox() {
        assertThat(hub.log()).doesNotContain("sandbox");
    }

    @Test
    void printsAnAddressAndASetUpLinkThatOpen() throws Exception {
        var link = SETUP_LINK.matcher(hub.log());
        assertThat(link.find()).as(hub.log()).isTrue();

        assertThat(status(link.group())).isEqualTo(200);
        assertThat(status("http://localhost:" + hub.port() + "/sign-in")).isEqualTo(200);
        assertThat(hub.log()).contains("The console is at http://localhost:" + hub.port() + "/");
        assertThat(status("http://localhost:" + hub.port() + "/api/v1/openapi.json"))
                .isEqualTo(200);
        assertThat(hub.metrics()).contains("jvm_memory_used_bytes");
    }

    @Test
    void takesHooksUntilTheirConnectionIsRemoved() throws IOException {
        var made = hub.post(
                "/api/v1/connections",
                "{\"connector\": \"beeline\", \"title\": \"PBX\", \"settings\": {\"token\": \"x\", \"baseUrl\":"
                        + " \"http://127.0.0.1:1\"}}");

        var hook = URI.create(made.path("hookUrl").asString());
        var event = Files.readAllBytes(Path.of("connectors/beeline/examples/event-inbound-answered-1-received.xml"));
        var address = "/api/v1/connections/" + made.path("id").asLong();

        assertThat(hook.getPort()).isEqualTo(hub.port());
        assertThat(hub.patch(address, "{\"enabled\": false}").path("enabled").asBoolean())
                .isFalse();
        assertThat(hub.hook(hook, "application/xml", event).statusCode())
                .as("paused, but nothing is lost")
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hub.get("/api/v1/calls").path("items").size() == 1);

        assertThat(hub.send("DELETE", address)).isEqualTo(204);

        assertThat(hub.send("GET", address)).isEqualTo(404);
        assertThat(hub.get("/api/v1/connections").path("items")).isEmpty();
        assertThat(hub.hook(hook, "application/xml", event).statusCode()).isEqualTo(404);
        assertThat(hub.get("/api/v1/calls").path("items").size())
                .as("its calls stay")
                .isEqualTo(1);
    }

    @Test
    void refusesASecondOneOnItsFolder() {
        try (var second = HubProcess.launch(folder)) {
            assertThat(second.exit()).isNotZero();
            assertThat(second.log()).contains("Another Patchbay is already running on the data folder");
            assertThat(second.log()).doesNotContain("\tat ");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void stopsCleanAtASigterm() {
        hub.terminate();

        assertThat(hub.exit()).isEqualTo(143);
        assertThat(hub.log()).doesNotContain("\tat ").doesNotContain(" WARN ").doesNotContain(" ERROR ");
        assertThat(folder.resolve("data/patchbay.db-wal")).doesNotExist();
    }

    private static int status(String address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).GET().build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
