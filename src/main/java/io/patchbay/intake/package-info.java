/** A hook arrives, is checked, stored and only then answered; later it is read into facts. It decides nothing else. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "connection",
            "connector",
            "protocol",
            "protocol :: xml",
            "protocol :: xsi",
            "journal",
            "directory",
            "call",
            "company"
        })
package io.patchbay.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
