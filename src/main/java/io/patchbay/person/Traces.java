package io.patchbay.person;

import java.util.List;
import java.util.Map;

/** What the hub has of a person: how much of which kind, and what connected systems hold. */
public record Traces(Map<Kind, Long> counts, List<Copy> copies) {

    public boolean isEmpty() {
        return counts.values().stream().allMatch(count -> count == 0);
    }
}
