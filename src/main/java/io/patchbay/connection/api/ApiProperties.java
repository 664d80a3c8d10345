package io.patchbay.connection.api;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests to connected systems.
 *
 * @param allowedNetworks blocks of private addresses that may be asked, e.g. {@code 192.168.10.0/24} for an own server; plain http is only spoken
 *                        to these
 * @param longestWait     how long a request waits for its turn under the target's rate limit before it is put off
 * @param connections     most connections open at once
 * @param connectionsEach most connections open at once to one host
 */
@ConfigurationProperties("patchbay.api")
public record ApiProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration longestWait,
        @DefaultValue("200") int connections,
        @DefaultValue("20") int connectionsEach) {

    public ApiProperties {
        allowedNetworks.forEach(Network::of);
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("patchbay.api.longest-wait must not be negative.");
        }
        if (connections < 1 || connectionsEach < 1) {
            throw new IllegalArgumentException(
                    "patchbay.api.connections and patchbay.api.connections-each must be at least 1.");
        }
    }

    List<Network> networks() {
        return allowedNetworks.stream().map(Network::of).toList();
    }
}
