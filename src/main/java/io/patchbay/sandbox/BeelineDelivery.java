package io.patchbay.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pushes events to callbacks, one after the other. The platform promises the order for each employee only; one lane for all keeps
 * that too and makes a run repeatable. An event that is not taken is lost: no retry of the vendor is known.
 */
final class BeelineDelivery implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();
    private final ExecutorService lane = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("beeline-delivery").factory());
    private final List<BeelinePbx.Delivered> delivered = new CopyOnWriteArrayList<>();

    /** The future is done when the callback has answered or is given up. */
    Future<?> push(URI callback, String subscription, String target, String kind, String xml) {
        return lane.submit(() -> pushAlone(callback, subscription, target, kind, xml));
    }

    /** Beside the lane; returns when the callback has answered or is given up. */
    void pushAlone(URI callback, String subscription, String target, String kind, String xml) {
        delivered.add(new BeelinePbx.Delivered(subscription, target, kind, xml, post(callback, xml)));
    }

    /** Whatever the lane does comes after what it was given before. */
    Future<?> afterwards(Runnable next) {
        return lane.submit(next);
    }

    List<BeelinePbx.Delivered> all() {
        return List.copyOf(delivered);
    }

    private int post(URI callback, String xml) {
        var request = HttpRequest.newBuilder(callback)
                .timeout(LONGEST)
                .header("Content-Type", "application/xml; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(xml))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException lost) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        lane.shutdownNow();
        http.shutdownNow();
    }
}
