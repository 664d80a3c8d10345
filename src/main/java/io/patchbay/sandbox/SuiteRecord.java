package io.patchbay.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One row; its texts stand as they were sent. */
final class SuiteRecord {

    final SuiteModule module;
    final String id;
    final Map<String, String> values = new LinkedHashMap<>();
    final Set<String> linked = new LinkedHashSet<>(); // ids
    final Instant entered;
    Instant modified;
    boolean deleted;

    SuiteRecord(SuiteModule module, String id, Instant now) {
        this.module = module;
        this.id = id;
        this.entered = now;
        this.modified = now;
    }

    String value(String field) {
        return values.getOrDefault(field, "");
    }
}
