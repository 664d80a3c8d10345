package io.patchbay.intake;

import io.patchbay.connector.Access;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The door for webhooks.
 *
 * @param largestBody  a longer body is refused with 413
 * @param retryAfter   what a sender is asked to wait when a hook could not be stored (503)
 * @param keepRaw      how long the bytes of a hook are kept, so that reading them can be repeated after a fix
 * @param publicUrl    the address under which the outside reaches this hub, without a slash at its end
 * @param addressOverlap how long an old hook address works on beside the new one, unless something else is asked for; 0 to 30 days
 * @param trustedProxies blocks of addresses of the proxies before this hub, e.g. {@code 10.0.0.0/24}: their X-Forwarded-For tells who sent a hook
 * @param pace           how fast the hooks of one connection are read; a connector may have a pace of its own (hookPace)
 */
@ConfigurationProperties("patchbay.intake")
public record IntakeProperties(
        @DefaultValue("1MB") DataSize largestBody,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("30d") Duration keepRaw,
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("24h") Duration addressOverlap,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue Rate pace) {

    /**
     * A pace: what is over it waits.
     *
     * @param capacity how many are read at once after a quiet time
     * @param refill   how many more, each {@code per}
     */
    public record Rate(
            @DefaultValue("500") long capacity,
            @DefaultValue("200") long refill,
            @DefaultValue("1s") Duration per) {

        public Rate {
            if (capacity < 1 || refill < 1 || !per.isPositive()) {
                throw new IllegalArgumentException(
                        "patchbay.intake.pace needs a capacity, a refill and a time, all above zero.");
            }
        }

        Access.Pace asPace() {
            return new Access.Pace(capacity, refill, per);
        }
    }

    /** A longer one is no change of a secret any more. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    public IntakeProperties {
        if (addressOverlap.isNegative() || addressOverlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("patchbay.intake.address-overlap must be from 0 to 30d.");
        }
        for (var proxy : trustedProxies) {
            if (AddressList.block(proxy).isEmpty()) {
                throw new IllegalArgumentException("patchbay.intake.trusted-proxies: '" + proxy
                        + "' is no block of addresses. Write 10.0.0.0/24 or 10.0.0.7.");
            }
        }
    }

    AddressList proxies() {
        return new AddressList(trustedProxies.stream()
                .flatMap(proxy -> AddressList.block(proxy).stream())
                .toList());
    }
}
