/** The pages people see: calls as they come, connections, employees, in English and Russian. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "recording",
            "access",
            "audit",
            "backfill",
            "call",
            "caller",
            "company",
            "connection",
            "connector",
            "directory",
            "effect",
            "fields",
            "intake",
            "journal",
            "person",
            "retention",
            "replay",
            "run",
            "upkeep",
            "watch"
        })
package io.patchbay.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
