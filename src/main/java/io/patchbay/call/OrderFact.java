package io.patchbay.call;

import java.time.Instant;
import java.util.Optional;

/**
 * The hub itself ordered this call by click-to-call: direction and client are certain, whatever the PBX shows on the way. It is told before the PBX is
 * asked, under a key of the hub's own ({@link CallKey#ofOrder}), so that whatever the PBX says of the call finds it.
 *
 * @param seat     whose phone is to ring first
 * @param order    the hub's own id of the order
 * @param line     the company's number from which the client is to be called, if the order names one
 * @param by       who ordered it in a connected system; empty when a client did by a form
 * @param callBack what a client wrote who asks to be called back, perhaps nothing; empty for an order of an employee
 */
public record OrderFact(
        CallKey call,
        Instant at,
        Seat seat,
        Party client,
        String order,
        Optional<Line> line,
        Optional<Orderer> by,
        Optional<String> callBack)
        implements CallFact {

    public OrderFact(CallKey call, Instant at, Seat seat, Party client, String order) {
        this(call, at, seat, client, order, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * An employee as the system in which he ordered the call knows him.
     *
     * @param employee his id there
     */
    public record Orderer(long connection, String employee) {}
}
