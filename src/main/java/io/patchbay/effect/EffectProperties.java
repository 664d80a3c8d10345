package io.patchbay.effect;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patiently the hub keeps trying.
 *
 * @param firstPause   before the second attempt of an effect; each further pause doubles
 * @param longestPause where the doubling ends; a target may ask for longer
 * @param giveUpAfter  an effect that never succeeded is parked this long after its first attempt
 * @param probe        a connection whose set-up is wrong is tried again this often
 * @param resend       a wake-up that nobody took is sent again after this
 */
@ConfigurationProperties("patchbay.effect")
public record EffectProperties(
        @DefaultValue("5s") Duration firstPause,
        @DefaultValue("1h") Duration longestPause,
        @DefaultValue("75h") Duration giveUpAfter,
        @DefaultValue("1m") Duration probe,
        @DefaultValue("1m") Duration resend) {

    RetrySchedule schedule() {
        return new RetrySchedule(firstPause, longestPause, giveUpAfter, probe);
    }
}
