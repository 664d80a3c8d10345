package io.patchbay.recording;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Recordings.
 *
 * @param pauses   how long after the end of a call its recording is asked for, attempt by attempt; after the last it counts as absent
 * @param linkLife how long a signed link to a recording can be opened
 * @param largest  a longer recording is not stored
 */
@ConfigurationProperties("patchbay.recording")
public record RecordingProperties(
        @DefaultValue({"15s", "1m", "2m", "5m", "10m", "30m", "2h", "12h", "24h", "72h"})
        List<Duration> pauses,

        @DefaultValue("3650d") Duration linkLife,
        @DefaultValue("100MB") DataSize largest) {}
