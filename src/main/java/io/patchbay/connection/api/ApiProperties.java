package io.patchbay.connection.api;

import io.patchbay.connection.Urgency;
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
 * @param backgroundWait  the same for history, replay, recordings and lists, which nobody waits for
 * @param reserve         share of a rate limit that is kept for live calls, 0 to 0.9
 * @param connections     most connections open at once
 * @param connectionsEach most connections open at once to one host
 */
@ConfigurationProperties("patchbay.api")
public record ApiProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration longestWait,
        @DefaultValue("30s") Duration backgroundWait,
        @DefaultValue("0.2") double reserve,
        @DefaultValue("200") int connections,
        @DefaultValue("20") int connectionsEach) {

    public ApiProperties {
        allowedNetworks.forEach(Network::of);
        if (longestWait.isNegative() || backgroundWait.isNegative()) {
            throw new IllegalArgumentException(
                    "patchbay.api.longest-wait and patchbay.api.background-wait must not be negative.");
        }
        if (!(reserve >= 0 && reserve <= 0.9)) {
            throw new IllegalArgumentException(
                    "patchbay.api.reserve must be from 0 to 0.9: the background needs a share too.");
        }
        if (connections < 1 || connectionsEach < 1) {
            throw new IllegalArgumentException(
                    "patchbay.api.connections and patchbay.api.connections-each must be at least 1.");
        }
    }

    Duration wait(Urgency urgency) {
        return switch (urgency) {
            case LIVE -> longestWait;
            case BACKGROUND -> backgroundWait;
        };
    }

    List<Network> networks() {
        return allowedNetworks.stream().map(Network::of).toList();
    }
}
