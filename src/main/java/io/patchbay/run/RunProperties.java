package io.patchbay.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Long pieces of work.
 *
 * @param hands   how many runs one node works on at once
 * @param lease   a node that was not heard of for so long has lost its runs to the others
 * @param slice   a run is worked on for so long before another gets its turn
 * @param tries   a piece that fails so many times in a row fails its run
 * @param keep    how long runs that are over are remembered
 */
@ConfigurationProperties("patchbay.run")
public record RunProperties(
        @DefaultValue("4") int hands,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("5s") Duration slice,
        @DefaultValue("10") int tries,
        @DefaultValue("365d") Duration keep) {

    /** Leases are renewed every second; less than a few of these would lose runs that are worked on. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

    public RunProperties {
        if (hands < 1 || tries < 1) {
            throw new IllegalArgumentException("patchbay.run.hands and patchbay.run.tries must be at least 1.");
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("patchbay.run.lease must be at least 5s.");
        }
        if (!slice.isPositive() || !keep.isPositive()) {
            throw new IllegalArgumentException("patchbay.run.slice and patchbay.run.keep must be longer than nothing.");
        }
    }
}
