/** A call ordered in a connected system: the PBX is asked to make it, and the entry that system opened is the entry of that call. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "call",
            "company",
            "directory",
            "caller",
            "journal",
            "effect",
            "connection",
            "connector",
            "intake",
            "rules"
        })
package io.patchbay.clicktocall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
