package io.patchbay.sandbox;

import java.util.Random;
import java.util.UUID;

/** Ids as the platform forms them, the same in each run with the same seed. Thread-safe. */
final class BeelineIds {

    private final Random random;
    private int lastHalf = 410_000;
    private long lastRecord = 551_594_000;

    BeelineIds(long seed) {
        random = new Random(seed);
    }

    /** For a session, an event or a subscription. */
    synchronized String uuid() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    synchronized String callHalf() {
        return "callhalf-" + ++lastHalf + ":0";
    }

    synchronized String record() {
        return Long.toString(++lastRecord);
    }
}
