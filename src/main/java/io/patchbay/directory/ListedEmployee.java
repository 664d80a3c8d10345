package io.patchbay.directory;

import java.util.Optional;

/**
 * An employee as a connected system lists him.
 *
 * @param id        the id there; an entry without one is skipped
 * @param extension inner number as written there
 */
public record ListedEmployee(
        String id, String name, Optional<String> email, Optional<String> extension, boolean active) {}
