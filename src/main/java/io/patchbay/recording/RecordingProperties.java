package io.patchbay.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Recordings.
 *
 * @param pauses   how long after the end of a call its recording is asked for, attempt by attempt; after the last it counts as absent
 * @param again    pause after these while the PBX cannot be asked or the hub cannot store
 * @param giveUp   age of a call whose recording could not be got: then it counts as failed
 * @param linkLife how long a signed link to a recording can be opened
 * @param largest  a longer recording is not stored
 */
@ConfigurationProperties("patchbay.recording")
public record RecordingProperties(
        @DefaultValue({"15s", "1m", "2m", "5m", "10m", "30m", "2h", "12h", "24h", "72h"})
        List<Duration> pauses,

        @DefaultValue("1h") Duration again,
        @DefaultValue("30d") Duration giveUp,
        @DefaultValue("3650d") Duration linkLife,
        @DefaultValue("90MB") DataSize largest) {

    /**
     * When the PBX is asked for the first time. A call that became known late need not wait.
     *
     * @param ended of the talk
     */
    Instant first(Instant ended) {
        return ended.plus(pauses.getFirst());
    }

    /**
     * When the PBX is asked again; empty when it is given up.
     *
     * @param attempts made so far, 1 after the first
     * @param said     whether the PBX said that it has none; if not, nothing is known and it goes on longer
     */
    Optional<Instant> next(Instant ended, Instant now, int attempts, boolean said) {
        if (attempts < pauses.size()) {
            var gap = pauses.get(attempts).minus(pauses.get(attempts - 1));
            var planned = ended.plus(pauses.get(attempts));
            var soonest = now.plus(gap); // of an old call all instants are past: it is not asked for all at once
            return Optional.of(planned.isAfter(soonest) ? planned : soonest);
        }
        return said || ended.plus(giveUp).isBefore(now) ? Optional.empty() : Optional.of(now.plus(again));
    }
}
