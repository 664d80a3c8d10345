package io.patchbay.upkeep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections are kept alive.
 *
 * @param subscriptionLife the life that is asked for when subscribing; the target may grant less, and a new one is taken at half of what it granted
 * @param retryAfter       pause after a subscription that was refused
 * @param rosterEvery      how often the list of employees and lines is read
 * @param sweepEvery       how often a system that can list its changes is asked for them
 */
@ConfigurationProperties("patchbay.upkeep")
public record UpkeepProperties(
        @DefaultValue("24h") Duration subscriptionLife,
        @DefaultValue("1m") Duration retryAfter,
        @DefaultValue("10m") Duration rosterEvery,
        @DefaultValue("5m") Duration sweepEvery) {}
