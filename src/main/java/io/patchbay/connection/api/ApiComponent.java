package io.patchbay.connection.api;

import io.github.bucket4j.BlockingStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.connection.ConnectionHealth;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connectors;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code api:<connector>}: sends the request that the message body describes to the target of the connection the exchange is about.
 *
 * <p>Options: {@code keep=<name>} keeps the answer for later mappings; {@code allow=400,404} hands these statuses to the mapping instead of raising a
 * fault; {@code stream=true} makes the body a {@link io.patchbay.connection.Content}; {@code text=true} takes an answer that is not JSON.
 */
public final class ApiComponent extends DefaultComponent {

    private final Gate gate;

    /** @param sleep how a request waits for its turn: the thread's own sleep, but where a test moves the clock */
    public ApiComponent(
            Connectors connectors,
            Connections connections,
            Secrets secrets,
            ConnectionState state,
            ConnectionHealth health,
            Tokens tokens,
            Door door,
            Buckets buckets,
            ApiProperties properties,
            Clock clock,
            BlockingStrategy sleep,
            MeterRegistry meters) {
        var targets = new Targets(connectors, connections, secrets, state);
        gate = new Gate(
                targets,
                new Exchanges(door, targets, tokens, clock),
                health,
                buckets,
                properties,
                clock,
                sleep,
                meters);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var endpoint = new ApiEndpoint(uri, this, gate);
        endpoint.setKeep(text(parameters, "keep"));
        endpoint.setAllow(text(parameters, "allow"));
        endpoint.setStream("true".equals(text(parameters, "stream")));
        endpoint.setText("true".equals(text(parameters, "text")));
        return endpoint;
    }

    private static String text(Map<String, Object> parameters, String name) {
        var value = parameters.remove(name);
        return value == null ? "" : value.toString();
    }
}
