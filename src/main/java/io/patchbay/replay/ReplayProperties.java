package io.patchbay.replay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Looking again at calls of the past.
 *
 * @param longest the longest range of time that may be asked for at once
 * @param most    the most calls that a range may hold
 * @param atOnce  how many calls a replay has under way at once; stopping it lets these be finished
 */
@ConfigurationProperties("patchbay.replay")
public record ReplayProperties(
        @DefaultValue("31d") Duration longest,
        @DefaultValue("10000") int most,
        @DefaultValue("20") int atOnce) {

    public ReplayProperties {
        if (!longest.isPositive() || most < 1 || atOnce < 1) {
            throw new IllegalArgumentException(
                    "patchbay.replay.longest, patchbay.replay.most and patchbay.replay.at-once must be above zero.");
        }
    }
}
