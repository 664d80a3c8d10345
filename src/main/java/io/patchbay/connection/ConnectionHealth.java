package io.patchbay.connection;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** How each connection is doing, told from its last exchanges with the target. */
public interface ConnectionHealth {

    Health of(ConnectionId connection);

    void went(ConnectionId connection);

    void failed(ConnectionId connection, ConnectorException why);

    /** The last fault no longer says anything: the settings were changed since. What is broken stays so. */
    void forget(ConnectionId connection);

    /**
     * The system tells the hub nothing any more, however well it answers: stays until {@link #hears}. Told again, the first time counts.
     *
     * @param why for the administrator
     */
    void deaf(ConnectionId connection, String why);

    /** It tells the hub what happens, or is about to. */
    void hears(ConnectionId connection);

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
     * @param fault      the last one, empty when an exchange went well since
     * @param code       the target's code of that fault, empty for none; {@code Strings.error} may know what to do
     * @param sentence   what happened, for the administrator; empty when all is well or nothing was tried yet
     * @param faultSince the first fault since it last went well; empty when there is none
     * @param deafness   that it tells the hub nothing, whatever it answers
     */
    record Health(
            Optional<Instant> lastGood,
            Optional<Instant> lastFault,
            Optional<Fault> fault,
            String code,
            String sentence,
            Optional<Instant> faultSince,
            Optional<Deafness> deafness) {

        public static final Health UNTRIED = new Health(
                Optional.empty(), Optional.empty(), Optional.empty(), "", "", Optional.empty(), Optional.empty());

        /** Since when something is the matter: the earlier of fault and deafness. */
        public Optional<Instant> since() {
            return Stream.of(faultSince, deafness.map(Deafness::since))
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder());
        }

        public Colour colour() {
            if (deafness.isPresent()) {
                return Colour.RED;
            }
            if (fault.isPresent()) {
                return fault.get() == Fault.SETUP ? Colour.RED : Colour.AMBER;
            }
            return lastGood.isPresent() ? Colour.GREEN : Colour.AMBER;
        }
    }

    /** A subscription that ran out or was refused. */
    record Deafness(Instant since, String why) {}
}
