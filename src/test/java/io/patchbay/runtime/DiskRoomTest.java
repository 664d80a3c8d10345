package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskRoomTest {

    private static final int NEVER = 100;

    @Test
    void hooksAreTakenWhileThereIsRoom() {
        assertThatCode(new DiskRoom(new File("."), NEVER, true)::require).doesNotThrowAnyException();
    }

    @Test
    void hooksAreRefusedWithACureWhenTheDiskIsFullerThanAllowed() {
        assertThatThrownBy(new DiskRoom(new File("."), 0, true)::require)
                .hasMessage(
                        "The disk of the data folder is fuller than 0 % (patchbay.broker.max-disk-percent). Make room"
                                + " on it.");
    }

    @Test
    void theDiskDoesNotMatterWhenAnOuterBrokerKeepsTheHooks() {
        assertThatCode(new DiskRoom(new File("."), 0, false)::require).doesNotThrowAnyException();
    }

    @Test
    void aDiskThatCannotBeAskedRefusesNothing() {
        assertThatCode(new DiskRoom(Path.of("/not/there").toFile(), 0, true)::require)
                .doesNotThrowAnyException();
    }
}
