package io.patchbay.process;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub as an operating system sees it: a process with a working folder, ports, a log and an exit code. From the packaged jar where there is one (system
 * property {@code patchbay.jar}), else from the class path of the tests.
 */
public final class HubProcess implements AutoCloseable {

    static final String TOKEN = "a-token-of-a-process-that-is-long-enough";

    /** Starts sooner and leaves memory to the others; what it does is the same. */
    private static final List<String> LEAN = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Path log;
    private final int port;
    private final int managementPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private HubProcess(Process process, Path log, int port, int managementPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts it on free ports; later settings win. @param folder becomes the working folder, with {@code data/} inside */
    static HubProcess launch(Path folder, String... settings) {
        return launch(folder, freePort(), settings);
    }

    static HubProcess launch(Path folder, int port, String... settings) {
        return launch(folder, port, LEAN, settings);
    }

    /** @param jvm more options for it */
    static HubProcess launch(Path folder, List<String> jvm, String... settings) {
        return launch(
                folder, freePort(), Stream.concat(LEAN.stream(), jvm.stream()).toList(), settings);
    }

    /** Starts it on free ports with what the JVM does by itself, as an administrator would. */
    public static HubProcess asShipped(Path folder, String... settings) {
        return launch(folder, freePort(), List.of(), settings);
    }

    private static HubProcess launch(Path folder, int port, List<String> jvm, String... settings) {
        var managementPort = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program());
        command.addAll(List.of(
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--patchbay.access.api-token=" + TOKEN,
                "--patchbay.api.allowed-networks=127.0.0.0/8"));
        command.addAll(List.of(settings));
        try {
            var log = Files.createTempFile(folder, "hub-", ".log");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new HubProcess(process, log, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> program() {
        var jar = System.getProperty("patchbay.jar", "");
        if (!jar.isEmpty()) {
            return List.of("-jar", jar);
        }
        var whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var ofTheHub = Arrays.stream(whole.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("/test-classes")
                        && !entry.endsWith("/fast/test")
                        && !entry.endsWith("src/test/resources"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", ofTheHub, "io.patchbay.Patchbay");
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it takes requests. */
    public HubProcess ready() {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("It did not start:\n" + log());
                }
                return log().contains("The console is at");
            });
        } catch (ConditionTimeoutException still) {
            throw new IllegalStateException("It does not come to the end of its start:\n" + lastWords(), still);
        }
        return this;
    }

    /** Waits for its end. @return the exit code */
    public int exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("It does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /** What it holds in memory now, by the operating system (Linux). */
    public long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log, with what its threads do now at the end. */
    String lastWords() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            await().until(() -> log().contains("Full thread dump") && log().contains("JNI global refs"));
        } catch (IOException | InterruptedException | ConditionTimeoutException e) {
            return log() + "\n(no threads: " + e.getMessage() + ")";
        }
        return log();
    }

    int port() {
        return port;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public JsonNode get(String path) {
        return json(HttpRequest.newBuilder(address(path)).GET());
    }

    public JsonNode post(String path, String body) {
        return json("POST", path, body);
    }

    JsonNode patch(String path, String body) {
        return json("PATCH", path, body);
    }

    JsonNode put(String path, String body) {
        return json("PUT", path, body);
    }

    private JsonNode json(String method, String path, String body) {
        return json(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    String metrics() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/metrics")))
                .body();
    }

    private JsonNode json(HttpRequest.Builder request) {
        var answer = send(request.header("Authorization", "Bearer " + TOKEN));
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** @return the status */
    int send(String method, String path) {
        return send(HttpRequest.newBuilder(address(path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    /** @param hook as the REST API told it */
    HttpResponse<String> hook(URI hook, String type, byte[] body) {
        return send(HttpRequest.newBuilder(hook)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
