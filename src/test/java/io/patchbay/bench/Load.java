package io.patchbay.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A fixed number of workers that send as fast as each of them is answered (a closed loop), and how long each answer took. */
final class Load implements AutoCloseable {

    /** One connection of a sender. */
    interface Worker extends AutoCloseable {
        void send() throws Exception;
    }

    interface Source {
        Worker open() throws Exception;
    }

    private final Worker[] workers;

    Load(int senders, Source source) throws Exception {
        workers = new Worker[senders];
        for (int i = 0; i < senders; i++) {
            workers[i] = source.open();
        }
    }

    /** @param nanos sorted, one for each answer */
    record Measured(Duration length, long[] nanos) {

        double perSecond() {
            return nanos.length * 1e9 / length.toNanos();
        }

        /** @param share 0..1 */
        double millis(double share) {
            return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }

        Measured and(Measured other) {
            var all = Arrays.copyOf(nanos, nanos.length + other.nanos.length);
            System.arraycopy(other.nanos, 0, all, nanos.length, other.nanos.length);
            Arrays.sort(all);
            return new Measured(length.plus(other.length), all);
        }
    }

    Measured run(Duration length) throws InterruptedException, ExecutionException {
        var from = System.nanoTime();
        var until = from + length.toNanos();
        var parts = new ArrayList<Future<long[]>>();
        try (var threads = Executors.newFixedThreadPool(workers.length)) {
            for (var worker : workers) {
                parts.add(threads.submit(() -> sendUntil(until, worker)));
            }
        }
        var measured = new Measured(Duration.ZERO, new long[0]);
        for (var part : parts) {
            measured = measured.and(new Measured(Duration.ZERO, part.get()));
        }
        return new Measured(Duration.ofNanos(System.nanoTime() - from), measured.nanos());
    }

    private static long[] sendUntil(long until, Worker worker) throws Exception {
        var nanos = new long[1024];
        var count = 0;
        for (long from; (from = System.nanoTime()) < until; ) {
            worker.send();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = System.nanoTime() - from;
        }
        return Arrays.copyOf(nanos, count);
    }

    @Override
    public void close() throws Exception {
        for (var worker : workers) {
            worker.close();
        }
    }
}
