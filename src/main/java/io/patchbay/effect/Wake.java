package io.patchbay.effect;

import io.patchbay.call.CallId;
import java.time.Instant;

/**
 * The duty to look at a call for a connection.
 *
 * @param group    looks of one group run one after the other
 * @param live     goes before history
 * @param revision grows with every wake
 */
public record Wake(CallId call, long connection, String group, boolean live, Instant dueAt, long revision) {}
