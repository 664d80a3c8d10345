package io.patchbay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A line to a simulated system, on a port of its own: it speaks TLS to the hub and plain to the system, and can be hurt while the system knows nothing of it. It is
 * hurt for every connection from then on; those that are open are cut.
 */
final class Wire implements AutoCloseable {

    private final URI system;
    private final SSLContext good;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger touched = new AtomicInteger();
    private @Nullable ServerSocket door;
    private volatile Way way;

    /** What happens to a connection. */
    private interface Way {
        void treat(Socket socket) throws IOException;
    }

    Wire(URI system, SSLContext good) {
        this.system = system;
        this.good = good;
        this.port = HubProcess.freePort();
        this.way = encrypted(good);
        listen();
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** How often somebody knocked since it was hurt. */
    int touched() {
        return touched.get();
    }

    void restore() {
        change(encrypted(good));
        listen();
    }

    /** Nobody listens. */
    void refuse() {
        change(Socket::close);
        shut();
    }

    /** It takes the connection and says nothing. */
    void swallow() {
        change(socket -> {});
    }

    void cutInTheHandshake() {
        change(socket -> {
            socket.getInputStream().read();
            socket.close();
        });
    }

    /** What answers is no TLS at all. */
    void answerInPlain() {
        change(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes());
            socket.close();
        });
    }

    void show(SSLContext certificate) {
        change(encrypted(certificate));
    }

    private Way encrypted(SSLContext certificate) {
        return plain -> {
            var socket = certificate.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            ((javax.net.ssl.SSLSocket) socket).setUseClientMode(false);
            var onward = new Socket(system.getHost(), system.getPort());
            open.add(onward);
            Thread.startVirtualThread(() -> copy(onward, socket));
            copy(socket, onward);
        };
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            open.remove(from);
        }
    }

    private void change(Way next) {
        way = next;
        touched.set(0);
        open.forEach(Wire::close);
        open.clear();
    }

    private synchronized void listen() {
        if (door != null) {
            return;
        }
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            door = opened;
            Thread.startVirtualThread(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                var socket = opened.accept();
                touched.incrementAndGet();
                open.add(socket);
                Thread.startVirtualThread(() -> treat(socket));
            } catch (IOException shut) {
                return;
            }
        }
    }

    private void treat(Socket socket) {
        try {
            way.treat(socket);
        } catch (IOException brokenByTheOtherSide) {
            close(socket);
        }
    }

    private synchronized void shut() {
        try {
            if (door != null) {
                door.close();
                door = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
        change(Socket::close);
    }
}
