package io.patchbay.runtime;

import java.nio.file.Path;

/** Another hub works in this data folder. */
public class DataFolderInUseException extends RuntimeException {

    public DataFolderInUseException(Path folder) {
        super("Another Patchbay is already running on the data folder " + folder + ".");
    }
}
