package io.patchbay.connection.api;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Settings and secrets of one connection by name, for one request; remembers which secrets it gave out, so that no message repeats them. */
final class Values {

    private final ConnectionId connection;
    private final Map<String, JsonNode> settings;
    private final Secrets secrets;
    private final Set<String> revealed = new HashSet<>();

    Values(ConnectionId connection, Map<String, JsonNode> settings, Secrets secrets) {
        this.connection = connection;
        this.settings = settings;
        this.secrets = secrets;
    }

    Optional<String> find(String name) {
        var setting = settings.get(name);
        return setting == null ? secrets.find(connection, name).map(this::revealed) : Optional.of(setting.asString());
    }

    /** The text of a secret that is about to be used. */
    String revealed(Secret secret) {
        revealed.add(secret.reveal());
        return secret.reveal();
    }

    Set<String> revealed() {
        return Set.copyOf(revealed);
    }
}
