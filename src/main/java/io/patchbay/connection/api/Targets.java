package io.patchbay.connection.api;

import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.ConnectionState;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secrets;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/** Finds out where a connection leads. */
final class Targets {

    private static final String MOVED = "moved:";

    private final Connectors connectors;
    private final Connections connections;
    private final Secrets secrets;
    private final ConnectionState state;

    Targets(Connectors connectors, Connections connections, Secrets secrets, ConnectionState state) {
        this.connectors = connectors;
        this.connections = connections;
        this.secrets = secrets;
        this.state = state;
    }

    Target of(ConnectionId id) {
        var connection = connections.get(id);
        var connector = connectors.get(connection.connector());
        var settings = connector.withFallbacks(connection.settings());
        var values = new Values(id, settings, secrets);
        var own = settings.get(Connector.BASE_URL);
        var text = own == null ? connector.access().base().fill(values::find) : own.asString();
        var base = address(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        var moved = connector.access().followsRename()
                ? state.read(id, MOVED + Target.origin(base)).map(origin -> address(origin + base.getRawPath()))
                : java.util.Optional.<URI>empty();
        return new Target(connection, connector, values, moved.orElse(base));
    }

    /** The account lives at another host now; remembered as long as the settings name the old one. */
    void moved(Target from, Target to) {
        state.write(from.connection().id(), MOVED + Target.origin(from.base()), Target.origin(to.base()));
    }

    static URI address(String text) {
        return address(text, Set.of());
    }

    /** @param secrets what may stand in the address and must not stand in a message */
    static URI address(String text, Set<String> secrets) {
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme());
            if (!scheme.matches("(?i)https?") || uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw noAddress(text, secrets);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw noAddress(text, secrets); // without the cause, which repeats the whole address
        }
    }

    private static ConnectorException noAddress(String text, Set<String> secrets) {
        var query = text.indexOf('?');
        var shown = Mask.words(query < 0 ? text : text.substring(0, query), secrets);
        return new ConnectorException(
                Fault.SETUP,
                "address",
                "The address '" + shown + "' is no web address. Correct the settings.",
                Duration.ZERO,
                null);
    }
}
