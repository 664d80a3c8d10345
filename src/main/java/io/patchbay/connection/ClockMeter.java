package io.patchbay.connection;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;

/** Bucket4j on the hub's clock, so that a test can let time pass. */
public record ClockMeter(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
