package io.patchbay.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in without anybody having let them in before.
 *
 * @param apiToken a first API token, taken from the environment variable PATCHBAY_API_TOKEN; empty for none; at least 32 characters,
 *                 because it is as good as a key to everything
 */
@ConfigurationProperties("patchbay.access")
record AccessProperties(@DefaultValue("") String apiToken) {

    static final int SHORTEST_TOKEN = 32;

    AccessProperties {
        apiToken = apiToken.strip();
        if (!apiToken.isEmpty() && apiToken.length() < SHORTEST_TOKEN) {
            throw new WeakApiTokenException(apiToken.length());
        }
    }

    @Override
    public String toString() {
        return "AccessProperties[apiToken=" + (apiToken.isEmpty() ? "none" : "***") + "]";
    }
}
