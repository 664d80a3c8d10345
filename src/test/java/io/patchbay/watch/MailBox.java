package io.patchbay.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes every message: as much of SMTP (RFC 5321) as a client needs to hand one over. */
final class MailBox implements AutoCloseable {

    private final ServerSocket door;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    MailBox() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                try (var client = door.accept()) {
                    serve(client);
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    /** Whole messages, headers and text. */
    List<String> messages() {
        return messages;
    }

    private void serve(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 mailbox");
        for (String line; (line = in.readLine()) != null; ) {
            if (line.startsWith("DATA")) {
                say(client, "354 go on");
                var message = new StringBuilder();
                for (String part; !(part = in.readLine()).equals("."); ) {
                    message.append(part).append('\n');
                }
                messages.add(message.toString());
            }
            say(client, line.startsWith("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
