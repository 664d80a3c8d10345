package io.patchbay.connection;

import java.io.InputStream;

/**
 * Bytes on their way from a target, e.g. a recording. Readable once, and only while the reader runs.
 *
 * @param contentType as the target says, empty when it does not
 * @param length      bytes, -1 when the target does not say
 * @param stream      throws an {@code IOException} when the target breaks off or the content is too long
 */
public record Content(String contentType, long length, InputStream stream) {}
