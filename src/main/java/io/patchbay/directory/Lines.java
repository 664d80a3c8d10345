package io.patchbay.directory;

import java.util.Set;

/** The company's own numbers, as each PBX lists them. */
public interface Lines {

    Set<String> of(long connection);

    /** An empty answer is held back: no PBX is without a number. @return whether the list was taken */
    boolean replace(long connection, Set<String> numbers);
}
