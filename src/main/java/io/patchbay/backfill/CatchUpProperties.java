package io.patchbay.backfill;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Importing a PBX's history of a range of time.
 *
 * @param longest the longest range that may be asked for at once
 * @param slice   so much of the range is read at once; after a kill the slice in hand is read again
 * @param again   a PBX that does not answer is asked again after this
 */
@ConfigurationProperties("patchbay.catch-up")
public record CatchUpProperties(
        @DefaultValue("92d") Duration longest,
        @DefaultValue("1d") Duration slice,
        @DefaultValue("30s") Duration again) {

    public CatchUpProperties {
        if (!longest.isPositive() || !slice.isPositive() || !again.isPositive()) {
            throw new IllegalArgumentException("patchbay.catch-up.longest, patchbay.catch-up.slice and"
                    + " patchbay.catch-up.again must be longer than nothing.");
        }
    }
}
