package io.patchbay.person;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an erasure did. It holds no number: whoever asked for it gets the receipt's id.
 *
 * @param ended  empty when it is not whole: it was cut, or a call was going on. Asking again finishes it
 * @param by     who asked for it
 * @param counts what was erased
 * @param copies what the company has to erase in connected systems
 */
public record Receipt(
        long id, Instant begun, Optional<Instant> ended, String by, Map<Kind, Long> counts, List<Copy> copies) {

    public boolean isWhole() {
        return ended.isPresent();
    }
}
