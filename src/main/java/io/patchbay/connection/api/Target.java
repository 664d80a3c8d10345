package io.patchbay.connection.api;

import io.patchbay.connection.Connection;
import io.patchbay.connector.Auth;
import io.patchbay.connector.Connector;
import java.net.URI;
import java.util.Optional;

/**
 * The system at the other end of a connection, for one request.
 *
 * @param base address without a slash at its end, e.g. {@code https://shop.example/api}
 */
record Target(Connection connection, Connector connector, Values values, URI base) {

    Limits limits() {
        var access = connector.access();
        return new Limits(access.connect(), access.answer(), access.maxAnswer());
    }

    Optional<Auth> auth() {
        return connector.auth(connection.settings());
    }

    /** The same account at another origin. */
    Target movedTo(String origin) {
        return new Target(connection, connector, values, Targets.address(origin + base.getRawPath()));
    }

    /** Whether credentials of this connection may be sent there. */
    boolean owns(URI address) {
        return origin(base).equals(origin(address));
    }

    static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(java.util.Locale.ROOT);
    }

    /** How it is called in a message. */
    String name() {
        return connection.title().isBlank() ? connector.title() : connection.title();
    }
}
