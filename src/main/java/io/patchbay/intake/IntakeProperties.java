package io.patchbay.intake;

import java.net.URI;
import java.time.Duration;
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
 */
@ConfigurationProperties("patchbay.intake")
public record IntakeProperties(
        @DefaultValue("1MB") DataSize largestBody,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("30d") Duration keepRaw,
        @DefaultValue("http://localhost:8080") URI publicUrl) {}
