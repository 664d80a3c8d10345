package io.patchbay.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept connection of a PBX that posts the same event again and again. Bare bytes and no client library: the sender shares the processor with the hub that is
 * measured, and should cost it as little as it can.
 */
final class HookSocket implements Load.Worker {

    private final URI hook;
    private final byte[] request;
    private Socket socket;
    private InputStream answers;

    HookSocket(URI hook, byte[] event) throws IOException {
        this.hook = hook;
        connect();
        var head = ("POST " + hook.getPath() + " HTTP/1.1\r\nHost: " + hook.getAuthority()
                        + "\r\nContent-Type: application/xml; charset=UTF-8\r\nContent-Length: " + event.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        request = new byte[head.length + event.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(event, 0, request, head.length, event.length);
    }

    private void connect() throws IOException {
        socket = new Socket(hook.getHost(), hook.getPort());
        socket.setTcpNoDelay(true);
        answers = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void send() throws IOException {
        socket.getOutputStream().write(request);
        var status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("The hub answered " + status + ".");
        }
        var length = 0L;
        var chunked = false;
        var last = false;
        for (String header; !(header = line().toLowerCase(Locale.ROOT)).isEmpty(); ) {
            if (header.startsWith("content-length:")) {
                length =
                        Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            }
            last |= header.equals("connection: close");
            chunked |= header.startsWith("transfer-encoding:");
        }
        if (chunked) {
            for (int size; (size = Integer.parseInt(line(), 16)) > 0; ) {
                answers.skipNBytes(size + 2); // the chunk's own end of line
            }
            line();
        } else {
            answers.skipNBytes(length);
        }
        if (last) {
            socket.close();
            connect();
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int letter; (letter = answers.read()) != '\n'; ) {
            if (letter < 0) {
                throw new IOException("The hub closed the connection.");
            }
            if (letter != '\r') {
                line.append((char) letter);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
