package io.patchbay.connection;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Instant;
import java.util.Optional;

/** How each connection is doing, told from its last exchanges with the target. */
public interface ConnectionHealth {

    Health of(ConnectionId connection);

    void went(ConnectionId connection);

    void failed(ConnectionId connection, ConnectorException why);

    /** The last fault no longer says anything: the settings were changed since. */
    void forget(ConnectionId connection);

    enum Colour {
        GREEN,
        /** Something passes by itself, or nothing was tried yet. */
        AMBER,
        /** A person must act. */
        RED
    }

    /**
     * One connection's state.
     *
     * @param fault    the last one, empty when an exchange went well since
     * @param code     the target's code of that fault, empty for none; {@code Strings.error} may know what to do
     * @param sentence what happened, for the administrator; empty when all is well or nothing was tried yet
     */
    record Health(
            Optional<Instant> lastGood,
            Optional<Instant> lastFault,
            Optional<Fault> fault,
            String code,
            String sentence) {

        public static final Health UNTRIED = new Health(Optional.empty(), Optional.empty(), Optional.empty(), "", "");

        public Colour colour() {
            if (fault.isPresent()) {
                return fault.get() == Fault.SETUP ? Colour.RED : Colour.AMBER;
            }
            return lastGood.isPresent() ? Colour.GREEN : Colour.AMBER;
        }
    }
}
