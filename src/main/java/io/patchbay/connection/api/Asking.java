package io.patchbay.connection.api;

import io.patchbay.connection.Urgency;
import java.util.Set;

/**
 * How a route wants to be answered.
 *
 * @param operation the hub's operation, for log and metrics; empty when unknown
 * @param urgency   who goes first where the rate limit is short
 * @param allow     statuses that are not judged but handed to the mapping
 * @param stream    the body is handed over unread
 * @param text      the answer need not be JSON
 */
record Asking(String operation, Urgency urgency, Set<Integer> allow, boolean stream, boolean text) {}
