package io.patchbay;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms and who may know whom: each package's {@code package-info.java} says it, this test holds it, and there is no cycle. */
class ModulesTest {

    @Test
    void knowOnlyWhomTheyMay() {
        ApplicationModules.of(Patchbay.class).verify();
    }
}
