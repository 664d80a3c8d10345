package io.patchbay.connection.api;

import java.util.Set;

/**
 * How a route wants to be answered.
 *
 * @param operation the hub's operation, for log and metrics; empty when unknown
 * @param allow     statuses that are not judged but handed to the mapping
 * @param stream    the body is handed over unread
 * @param text      the answer need not be JSON
 */
record Asking(String operation, Set<Integer> allow, boolean stream, boolean text) {}
