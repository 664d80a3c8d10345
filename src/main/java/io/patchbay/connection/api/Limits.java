package io.patchbay.connection.api;

import java.time.Duration;

/**
 * What a request may cost.
 *
 * @param answer    longest wait for the first and the last byte
 * @param maxAnswer bytes
 */
record Limits(Duration connect, Duration answer, long maxAnswer) {}
