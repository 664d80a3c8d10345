package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunPropertiesTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final Duration KEEP = Duration.ofDays(365);

    @Test
    void whatCannotWorkIsRefusedAtTheStart() {
        refused("hands", () -> new RunProperties(0, LEASE, SLICE, 10, KEEP));
        refused("tries", () -> new RunProperties(4, LEASE, SLICE, 0, KEEP));
        refused("lease", () -> new RunProperties(4, Duration.ofSeconds(1), SLICE, 10, KEEP));
        refused("slice", () -> new RunProperties(4, LEASE, Duration.ZERO, 10, KEEP));
        refused("keep", () -> new RunProperties(4, LEASE, SLICE, 10, Duration.ofDays(-1)));
    }

    private static void refused(String name, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContaining("patchbay.run." + name);
    }
}
