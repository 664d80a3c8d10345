package io.patchbay.connection;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Takes what a target hands over by itself when its administrator connects it: the hub event {@code connected}. */
public final class Handover {

    private final Connectors connectors;
    private final Connections connections;
    private final Secrets secrets;
    private final TokenStore tokens;
    private final Clock clock;

    public Handover(Connectors connectors, Connections connections, Secrets secrets, TokenStore tokens, Clock clock) {
        this.connectors = connectors;
        this.connections = connections;
        this.secrets = secrets;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Keeps tokens, settings and secrets of the event. The connector's {@code decode-hook} vouches for its being genuine.
     *
     * @param event {@code {"tokens": {"access", "refresh", "expiresInSeconds"}, "settings": {}, "secrets": {}}}
     * @throws ConnectorException refused when it names a setting that the connector does not have; then nothing is kept
     */
    public void accept(ConnectionId id, JsonNode event) {
        var connector = connectors.get(connections.get(id).connector());
        var settings = new LinkedHashMap<String, JsonNode>();
        event.path("settings").properties().forEach(one -> settings.put(one.getKey(), one.getValue()));
        var given = new LinkedHashMap<String, String>();
        event.path("secrets")
                .properties()
                .forEach(one -> given.put(one.getKey(), one.getValue().asString()));
        settings.keySet()
                .forEach(name -> known(
                        connector.settings().containsKey(name)
                                && !connector.settings().get(name).isSecret(),
                        name));
        given.keySet()
                .forEach(name -> known(
                        connector.settings().containsKey(name)
                                && connector.settings().get(name).isSecret(),
                        name));

        given.forEach((name, secret) -> secrets.keep(id, name, new Secret(secret)));
        if (event.path("tokens").hasNonNull("access")) {
            var pair = event.path("tokens");
            var refresh = pair.path("refresh").asString("");
            tokens.replace(
                    id,
                    new Secret(pair.path("access").asString()),
                    refresh.isEmpty() ? Optional.empty() : Optional.of(new Secret(refresh)),
                    clock.instant().plusSeconds(pair.path("expiresInSeconds").asLong(0)));
        }
        connections.change(id, Connections.Change.settings(settings)); // also lets a stopped connection try again
    }

    private static void known(boolean declared, String name) {
        if (!declared) {
            throw new ConnectorException(
                    Fault.REFUSED, "The target handed over '" + name + "', which is no such setting of its connector.");
        }
    }
}
