package io.patchbay.connection.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Stops reading an answer that is too long, or that drips so slowly that it never ends. */
final class LimitedStream extends FilterInputStream {

    private final long most;
    private final long endsAt;
    private long read;

    /** @param most bytes */
    LimitedStream(InputStream in, long most, Duration longest) {
        super(in);
        this.most = most;
        this.endsAt = System.nanoTime() + longest.toNanos();
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        if (one >= 0) {
            count(1);
        }
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var some = super.read(into, offset, length);
        if (some > 0) {
            count(some);
        }
        return some;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws IOException {
        read += bytes;
        if (read > most) {
            throw new IOException("the answer is longer than " + most + " bytes");
        }
        if (System.nanoTime() - endsAt > 0) {
            throw new IOException("the answer did not end in time");
        }
    }
}
