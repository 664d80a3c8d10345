package io.patchbay.runtime;

import java.nio.file.Path;

/** Another hub works in this data folder. */
public class DataFolderInUseException extends StartRefusedException {

    public DataFolderInUseException(Path folder) {
        super(
                "Another Patchbay is already running on the data folder " + folder + ".",
                "Stop the other one, or start this one with another folder: --patchbay.data-dir=<folder>.");
    }
}
