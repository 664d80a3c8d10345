/** Recordings: fetched from the PBX when it has them, kept by the hub and served by its own signed links. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "call",
            "company",
            "journal",
            "effect",
            "connection",
            "connector",
            "runtime",
            "intake"
        })
package io.patchbay.recording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
