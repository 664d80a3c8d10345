/** Whether every connection is well, and who is told when one is not. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"audit", "intake", "effect", "journal", "connection", "connector", "call", "company"})
package io.patchbay.watch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
