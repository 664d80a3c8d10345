package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void isHeldByOneHubAtATime() {
        try (var first = DataFolder.take(folder)) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessage("Another Patchbay is already running on the data folder " + folder + ".");
        }

        try (var next = DataFolder.take(folder)) {
            assertThat(next.folder("recordings")).isDirectory();
        }
    }
}
