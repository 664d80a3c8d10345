package io.patchbay.caller;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who calls.
 *
 * @param budget longest time that a ringing phone waits for all connected systems to say who calls
 * @param asAgain a number is asked for again after this
 */
@ConfigurationProperties("patchbay.caller")
public record CallerProperties(
        @DefaultValue("800ms") Duration budget,
        @DefaultValue("60s") Duration asAgain) {

    public CallerProperties {
        if (!budget.isPositive() || !asAgain.isPositive()) {
            throw new IllegalArgumentException("The times under patchbay.caller must be above zero.");
        }
    }
}
