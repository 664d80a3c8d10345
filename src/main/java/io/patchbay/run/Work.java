package io.patchbay.run;

/**
 * One kind of long work, done in pieces. A bean of this type is all a new kind needs, with its text under {@code run.kind.<kind>}.
 *
 * <p>A piece takes seconds, not minutes: between two of them a run is stopped, and after a kill the piece in hand is done again. So doing a piece twice must do
 * nothing the second time. Only one thread of all nodes works on a run, unless its machine stood still for longer than a lease; not inside a transaction.
 */
public interface Work {

    /** e.g. {@code replay} */
    String kind();

    /**
     * Finds out what the next piece would do and changes nothing.
     *
     * @throws RunFailedException when that can never be found out
     */
    default Piece preview(Run run) {
        throw new UnsupportedOperationException("Runs of the kind " + kind() + " have no preview.");
    }

    /**
     * Does the next piece. A failure of the moment may be thrown: the piece is tried again after a while.
     *
     * @throws RunFailedException when it can never be done
     */
    Piece next(Run run);
}
