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
public record MergeReport(Optional<String> held, int added, int tied, int gone, int skipped) {

    static MergeReport held(String why) {
        return new MergeReport(Optional.of(why), 0, 0, 0, 0);
    }
}
