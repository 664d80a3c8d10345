package io.patchbay.directory;

import java.util.Optional;

/**
 * What a list of employees changed.
 *
 * @param held    why nothing at all was changed; empty when the list was taken
 * @param added   people nobody knew before
 * @param tied    known people who got their id in this system
 * @param gone    people this system listed before and lists no more
 * @param skipped entries without an id, or with one that stood there before
 */
public record MergeReport(Optional<Held> held, int added, int tied, int gone, int skipped) {

    /**
     * A list that is not believed.
     *
     * @param before people this system listed before
     * @param now    people it lists now
     */
    public record Held(int before, int now) {

        /** An empty list is never taken, whoever says so: it would wipe the whole map. */
        public boolean mayBeAccepted() {
            return now > 0;
        }
    }

    static MergeReport held(int before, int now) {
        return new MergeReport(Optional.of(new Held(before, now)), 0, 0, 0, 0);
    }
}
