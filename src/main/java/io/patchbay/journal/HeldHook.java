package io.patchbay.journal;

/**
 * A hook that waited to be read and is in hand now.
 *
 * @param tries how often it was in hand by now, 1 at first
 */
public record HeldHook(long id, long connection, byte[] sealedBody, int tries) {}
