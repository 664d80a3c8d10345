/** What who runs a hub does from the command line: is all well, and a new key for the vault. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "runtime",
            "connection",
            "connector",
            "intake",
            "directory",
            "effect",
            "fields",
            "rules",
            "retention",
            "watch",
            "call",
            "company"
        })
package io.patchbay.care;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
