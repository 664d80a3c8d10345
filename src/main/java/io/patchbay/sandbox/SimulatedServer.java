package io.patchbay.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An outside system on a free port of the loopback address, with everything a test needs to injure it.
 *
 * <p>A subclass answers requests by the vendor's rules, one at a time (the whole server is one lock, as a simulated account is
 * one state). Misbehaviour is applied around the answer: {@link Misbehaviour#afterDoing} lets the work be done and spoils
 * only what the caller hears of it.
 */
public abstract class SimulatedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);

    protected SimulatedServer() {
        this(0);
    }

    /** @param port 0 for any free one */
    protected SimulatedServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not open a port for " + getClass().getSimpleName() + ".", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** What the vendor answers. Called under the server's lock. */
    protected abstract Reply answer(Request request);

    /** Base address without a slash at its end, e.g. {@code http://127.0.0.1:40123}. */
    public final URI address() {
        var bound = server.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
    }

    /** Every request that came in so far, also those that were answered badly on purpose. */
    public final List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    public final List<Request> requests(Predicate<Request> wanted) {
        return requests().stream().filter(wanted).toList();
    }

    /** The next {@code times} requests that match are spoilt in this way. */
    public final void misbehave(Predicate<Request> when, int times, Misbehaviour how) {
        rules.add(new Rule(when, times, how));
    }

    public final void behave() {
        rules.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = Request.of(exchange);
            requests.add(request);
            var spoilt = spoiling(request);
            if (spoilt == null) {
                send(exchange, answerLocked(request));
                return;
            }
            var answered = spoilt.afterDoing() ? answerLocked(request) : null;
            switch (spoilt.kind()) {
                case ANSWER -> send(exchange, spoilt.reply());
                case CUT -> exchange.close();
                case BREAK_OFF -> sendHalf(exchange, answerLocked(request));
                case HANG -> awaitClose();
                case LATE -> {
                    awaitClose(spoilt.pause());
                    send(exchange, answered == null ? answerLocked(request) : answered);
                }
            }
        }
    }

    private Reply answerLocked(Request request) {
        synchronized (this) {
            return answer(request);
        }
    }

    private void awaitClose(Duration atMost) {
        try {
            closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @org.jspecify.annotations.Nullable Misbehaviour spoiling(Request request) {
        synchronized (rules) {
            for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
                var rule = all.next();
                if (rule.when.test(request)) {
                    if (--rule.left <= 0) {
                        all.remove();
                    }
                    return rule.how;
                }
            }
            return null;
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var body = reply.body();
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** The length of the whole is announced. */
    private static void sendHalf(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body(), 0, reply.body().length / 2);
        exchange.getResponseBody().flush();
    }

    private static final class Rule {
        private final Predicate<Request> when;
        private int left;
        private final Misbehaviour how;

        private Rule(Predicate<Request> when, int times, Misbehaviour how) {
            this.when = when;
            this.left = times;
            this.how = how;
        }
    }

    /**
     * How a request is answered badly.
     *
     * @param afterDoing whether the vendor does the work first
     * @param reply      what it says, if it says something of its own
     * @param pause      before its answer
     */
    public record Misbehaviour(Kind kind, boolean afterDoing, Reply reply, Duration pause) {

        public enum Kind {
            ANSWER,
            CUT,
            BREAK_OFF,
            HANG,
            LATE
        }

        public static Misbehaviour answer(Reply reply) {
            return new Misbehaviour(Kind.ANSWER, false, reply, Duration.ZERO);
        }

        /** The connection is closed without a byte of an answer. */
        public static Misbehaviour cut() {
            return new Misbehaviour(Kind.CUT, false, Reply.empty(500), Duration.ZERO);
        }

        /** The right answer ends in its middle. */
        public static Misbehaviour breakOff() {
            return new Misbehaviour(Kind.BREAK_OFF, false, Reply.empty(500), Duration.ZERO);
        }

        /** No answer until the caller gives up. */
        public static Misbehaviour hang() {
            return new Misbehaviour(Kind.HANG, false, Reply.empty(500), Duration.ZERO);
        }

        /** The right answer, but only after this time. */
        public static Misbehaviour late(Duration pause) {
            return new Misbehaviour(Kind.LATE, false, Reply.empty(500), pause);
        }

        public Misbehaviour afterwards() {
            return new Misbehaviour(kind, true, reply, pause);
        }
    }

    /** One answer: {@code body} is empty for none. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        public static Reply json(int status, String json) {
            return of(status, "application/json; charset=utf-8", json);
        }

        public static Reply of(int status, String contentType, String text) {
            return new Reply(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply bytes(int status, String contentType, byte[] bytes) {
            return new Reply(status, Map.of("Content-Type", contentType), bytes);
        }

        public static Reply empty(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }
    }
}
