package io.patchbay.connection.api;

import java.net.UnknownHostException;

/** A host whose addresses the hub does not ask. */
final class ForbiddenAddressException extends UnknownHostException {

    ForbiddenAddressException(String host, boolean tls) {
        super(
                tls
                        ? "The address of " + host
                                + " lies inside a private network. Allow that network in"
                                + " patchbay.api.allowed-networks, or correct the address."
                        : "Plain http to " + host
                                + " is not allowed. Use https, or allow the host's network in"
                                + " patchbay.api.allowed-networks.");
    }
}
