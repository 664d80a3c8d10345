package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Both limits of a cloud portal: a bucket of 50 requests that drains by 2 a second, and 480 s of work a method may take its caller within ten
 * one-minute boxes [doc] contracts/crm/bitrix24.md §5.
 */
final class Bitrix24Limits {

    static final double CAPACITY = 50;
    static final double DRAIN = 2; // requests per second
    static final double WORK = 480; // seconds
    private static final long BOX = 60; // seconds
    private static final long BOXES = 10;

    private final Clock clock;
    private final Map<String, TreeMap<Long, Double>> workByBox = new HashMap<>();
    private double level;
    private Instant levelAt;
    private boolean lifted;

    Bitrix24Limits(Clock clock) {
        this.clock = clock;
        this.levelAt = clock.instant();
    }

    void lift() {
        lifted = true;
    }

    /** One more request: refused before anything is done. */
    void take() {
        if (lifted) {
            return;
        }
        var now = clock.instant();
        var passed = Duration.between(levelAt, now).toMillis() / 1000.0;
        level = Math.max(0, level - passed * DRAIN);
        levelAt = now;
        if (level + 1 > CAPACITY) {
            throw new Bitrix24Refusal(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
        }
        level++;
    }

    /** @param key caller and method */
    boolean exhausted(String key) {
        return !lifted && used(key) >= WORK;
    }

    void work(String key, double seconds) {
        workByBox.computeIfAbsent(key, ignored -> new TreeMap<>()).merge(box(), seconds, Double::sum);
    }

    /** Seconds used within the window. */
    double used(String key) {
        var boxes = workByBox.computeIfAbsent(key, ignored -> new TreeMap<>());
        boxes.headMap(box() - BOXES + 1).clear();
        return boxes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** When the oldest box falls out of the window, epoch seconds. */
    long resetAt(String key) {
        used(key);
        var boxes = workByBox.getOrDefault(key, new TreeMap<>());
        return (boxes.isEmpty() ? box() : boxes.firstKey()) * BOX + BOXES * BOX;
    }

    ObjectNode tell(String key, ObjectNode time) {
        return time.put("operating_reset_at", resetAt(key)).put("operating", used(key));
    }

    private long box() {
        return Math.floorDiv(clock.instant().getEpochSecond(), BOX);
    }
}
