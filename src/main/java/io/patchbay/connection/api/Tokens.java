package io.patchbay.connection.api;

import io.patchbay.connection.Secret;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;

/** OAuth 2 tokens of connections. */
public final class Tokens {

    Secret current(Target target, Auth.OAuth2 oauth) {
        throw new ConnectorException(Fault.SETUP, target.name() + " is not connected yet. Connect it.");
    }

    void renew(Target target, Auth.OAuth2 oauth, String stale) {
        throw new ConnectorException(Fault.SETUP, target.name() + " is not connected yet. Connect it.");
    }
}
