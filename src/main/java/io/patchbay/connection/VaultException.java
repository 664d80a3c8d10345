package io.patchbay.connection;

/** A sealed value cannot be opened: a matter for whoever runs the hub, not for a company. */
public class VaultException extends RuntimeException {

    public VaultException(String message) {
        super(message);
    }

    public VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
