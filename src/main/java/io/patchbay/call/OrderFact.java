package io.patchbay.call;

import java.time.Instant;

/**
 * The hub itself ordered this call by click-to-call: direction and client are certain, whatever the PBX shows on the way.
 *
 * @param order the hub's own id of the order
 */
public record OrderFact(CallKey call, Instant at, Seat seat, Party client, String order) implements CallFact {}
