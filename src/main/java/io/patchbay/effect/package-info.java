/** What must become true in a connected system because of a call: plan it, do it once, try again, park it, replay it. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "journal",
            "connector",
            "connection",
            "directory",
            "caller",
            "fields",
            "call",
            "company"
        })
package io.patchbay.effect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
