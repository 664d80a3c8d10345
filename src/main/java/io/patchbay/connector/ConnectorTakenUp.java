package io.patchbay.connector;

/** A connector's folder changed while the hub ran, and from now on it works as the folder says. */
public record ConnectorTakenUp(Connector connector) {}
