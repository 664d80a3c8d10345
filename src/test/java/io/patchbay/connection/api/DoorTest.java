package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client behind api: against bare sockets that break every rule. */
class DoorTest {

    private static final Limits SHORT = new Limits(Duration.ofSeconds(2), Duration.ofMillis(300), 1000);
    private static final Limits LONG = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(20), 1000);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Door door;

    @BeforeEach
    void start() {
        camel.start();
        door = door(InetAddress::getAllByName, "127.0.0.0/8");
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        camel.close();
    }

    private Door door(AddressGuard.Names names, String... allowed) {
        var made = new Door(
                camel,
                new ApiProperties(List.of(allowed), Duration.ofSeconds(5), Duration.ofSeconds(30), 0.2, 20, 4),
                names);
        open.add(made);
        return made;
    }

    private static Outgoing get(String address) {
        return new Outgoing("GET", URI.create(address), Map.of(), new byte[0], "");
    }

    private static String text(Incoming incoming) throws IOException {
        try (incoming) {
            return new String(incoming.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ConnectorException fault(String address, Limits limits) {
        return catchThrowableOfType(ConnectorException.class, () -> door.send(get(address), limits));
    }

    /** What a peer does with one connection. */
    private interface Peer {
        void talk(Socket socket) throws IOException;
    }

    private record Listening(ServerSocket socket, AtomicInteger connections) {

        String address(String scheme) {
            return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/calls";
        }
    }

    private Listening peer(Peer peer) throws IOException {
        return peer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), peer);
    }

    private Listening peer(ServerSocket server, Peer peer) {
        open.add(server);
        var connections = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    connections.incrementAndGet();
                    open.add(socket);
                    Thread.ofVirtual().start(() -> talk(peer, socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return new Listening(server, connections);
    }

    private static void talk(Peer peer, Socket socket) {
        try (socket) {
            peer.talk(socket);
        } catch (IOException hungUp) {
            return;
        }
    }

    private static void readHead(Socket socket) throws IOException {
        var last = 0;
        for (var in = socket.getInputStream(); last != 0x0d0a0d0a; ) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("the hub hung up");
            }
            last = last << 8 | next;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static Peer answering(String... answers) {
        return socket -> {
            for (var answer : answers) {
                readHead(socket);
                write(socket, answer);
            }
            socket.getInputStream().read();
        };
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @Test
    void usesAConnectionAgainWhenItsAnswerWasReadToTheEnd() throws IOException {
        var peer = peer(answering(ok("{\"a\":1}"), ok("{\"b\":2}")));

        assertThat(text(door.send(get(peer.address("http")), LONG))).isEqualTo("{\"a\":1}");
        assertThat(text(door.send(get(peer.address("http")), LONG))).isEqualTo("{\"b\":2}");
        assertThat(peer.connections()).hasValue(1);
    }

    @Test
    void cutsAConnectionWhoseAnswerIsTooLongAndGoesOnWithAnother() throws IOException {
        var peer = peer(answering(ok("x".repeat(5000)), ok("never asked for")));

        assertThatThrownBy(() -> text(door.send(get(peer.address("http")), LONG)))
                .hasMessage("the answer is longer than 1000 bytes");
        assertThatThrownBy(() -> text(door.send(get(peer.address("http")), LONG)))
                .isInstanceOf(IOException.class);

        assertThat(peer.connections()).hasValue(2);
    }

    @Test
    void cutsAConnectionWhoseAnswerDripsForEver() throws Exception {
        var hungUp = new CountDownLatch(1);
        var peer = peer(socket -> {
            readHead(socket);
            write(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                while (true) {
                    write(socket, "1\r\n \r\n");
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            } catch (IOException cut) {
                hungUp.countDown();
            }
        });

        assertThatThrownBy(() -> text(door.send(get(peer.address("http")), SHORT)))
                .hasMessage("the answer did not end in time");

        assertThat(hungUp.await(10, TimeUnit.SECONDS)).as("the peer is told").isTrue();
    }

    @Test
    void givesUpOnAPeerThatIsSilentAndDoesNotMixItsLateAnswerIntoTheNextOne() throws Exception {
        var late = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        var first = new AtomicInteger();
        var peer = peer(socket -> {
            if (first.getAndIncrement() == 0) {
                readHead(socket);
                await(late);
                try {
                    write(socket, ok("{\"late\":true}"));
                } finally {
                    written.countDown();
                }
            } else {
                answering(ok("{\"right\":true}")).talk(socket);
            }
        });

        var fault = fault(peer.address("http"), SHORT);
        late.countDown();
        await(written);

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault).hasMessage("127.0.0.1 did not answer in time.");
        assertThat(text(door.send(get(peer.address("http")), LONG))).isEqualTo("{\"right\":true}");
        assertThat(peer.connections()).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("It never happened.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotRepeatARequestBehindOurBack() throws IOException {
        var peer = peer(socket -> readHead(socket)); // and hangs up

        assertThat(fault(peer.address("http"), LONG).fault()).isEqualTo(Fault.UNREACHABLE);

        assertThat(peer.connections()).hasValue(1);
    }

    @Test
    void makesNothingOfGarbage() throws IOException {
        var peer = peer(answering("SSH-2.0-OpenSSH_9.9\r\n".repeat(100)));

        assertThat(fault(peer.address("http"), SHORT).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void followsNoRedirectAndKeepsNoCookie() throws IOException {
        var heads = new ConcurrentLinkedQueue<String>();
        var peer = peer(socket -> {
            for (var i = 0; i < 2; i++) {
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) socket.getInputStream().read());
                }
                heads.add(head.toString());
                write(
                        socket,
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nSet-Cookie: a=b\r\n"
                                + "Content-Length: 0\r\n\r\n");
            }
        });

        var moved = door.send(get(peer.address("http")), LONG);
        moved.close();
        door.send(get(peer.address("http")), LONG).close();

        assertThat(moved.status()).isEqualTo(302);
        assertThat(moved.header("location")).isEqualTo("http://127.0.0.1:1/elsewhere");
        assertThat(heads)
                .hasSize(2)
                .noneMatch(head -> head.toLowerCase(java.util.Locale.ROOT).contains("cookie"));
        assertThat(heads).allMatch(head -> head.contains("User-Agent: Patchbay"));
    }

    @Test
    void connectsToTheAddressThatWasCheckedThoughTheNameServerTellsAnotherOneNow() throws IOException {
        var peer = peer(answering(ok("{\"inside\":true}"))); // at 127.0.0.1
        var asked = new AtomicInteger();
        door = new Door(
                freshCamel(),
                new ApiProperties(List.of("127.0.0.2"), Duration.ZERO, Duration.ZERO, 0, 20, 4),
                host -> new InetAddress[] {
                    InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1")
                });
        open.add(door);
        var address = "http://rebinding.example:" + peer.socket().getLocalPort() + "/";

        assertThat(fault(address, LONG)).hasMessage("rebinding.example takes no connections.");
        assertThat(fault(address, LONG).getMessage()).startsWith("Plain http to rebinding.example is not allowed.");

        assertThat(peer.connections()).hasValue(0);
    }

    private DefaultCamelContext freshCamel() {
        var fresh = new DefaultCamelContext();
        fresh.start();
        open.add(fresh);
        return fresh;
    }

    @Test
    void resolvesANameOnceForOneRequest() throws IOException {
        var peer = peer(answering(ok("{}")));
        var asked = new AtomicInteger();
        door = new Door(
                freshCamel(),
                new ApiProperties(List.of("127.0.0.1"), Duration.ZERO, Duration.ZERO, 0, 20, 4),
                host -> new InetAddress[] {
                    InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")
                });
        open.add(door);

        assertThat(text(door.send(get("http://crm.example:" + peer.socket().getLocalPort() + "/"), LONG)))
                .isEqualTo("{}");
        assertThat(asked).hasValue(1);
    }

    @Test
    void saysWhenThereIsNoSuchHost() {
        door = new Door(freshCamel(), new ApiProperties(List.of(), Duration.ZERO, Duration.ZERO, 0, 20, 4), host -> {
            throw new UnknownHostException(host);
        });
        open.add(door);

        assertThat(fault("https://romashak.example/", LONG))
                .hasMessage("There is no host romashak.example. Check the address.");
    }

    @Test
    void saysWhenTheOtherSideSpeaksNoTls() throws IOException {
        var peer = peer(socket -> {
            write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            socket.getInputStream().read();
        });

        var fault = fault(peer.address("https"), LONG);

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault.getMessage()).startsWith("The certificate or encryption of 127.0.0.1 is not acceptable: ");
    }

    @Test
    void givesUpOnAHandshakeThatNeverEnds() throws IOException {
        var peer = peer(socket -> {
            while (socket.getInputStream().read() >= 0) {}
        });

        assertThat(fault(peer.address("https"), new Limits(Duration.ofMillis(300), Duration.ofMillis(300), 1000)))
                .hasMessage("127.0.0.1 did not answer in time.");
    }

    @Test
    void trustsNobodyWhoVouchesForHimself(@TempDir Path folder) throws Exception {
        var peer = peer(selfSigned(folder.resolve("self-signed.p12")), answering(ok("{}")));

        var fault = fault(peer.address("https"), LONG);

        assertThat(fault.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(fault.getMessage()).startsWith("The certificate or encryption of 127.0.0.1 is not acceptable: ");
    }

    /** A server with a certificate that nobody signed, fresh from the JDK's own tool. */
    private static ServerSocket selfSigned(Path store) throws Exception {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "peer",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "for-a-test",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var keys = java.security.KeyStore.getInstance(store.toFile(), "for-a-test".toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "for-a-test".toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
