package io.patchbay.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses the rim between the hub and a connected system.
 *
 * <p>Its message is a sentence for the administrator, in the target's own words where it has any, without secrets
 * and without full phone numbers.
 */
public class ConnectorException extends RuntimeException {

    private final Fault fault;
    private final String code;
    private final Duration retryAfter;

    public ConnectorException(Fault fault, String message) {
        this(fault, "", message, Duration.ZERO, null);
    }

    /**
     * @param code       the target's own code of the error, empty if it has none
     * @param retryAfter what the target asked for, zero if nothing
     */
    public ConnectorException(
            Fault fault, String code, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public Fault fault() {
        return fault;
    }

    public String code() {
        return code;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
