/** Who calls: every connected system is asked at once while the phone rings, and what they say is remembered. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "connection", "connector", "directory", "intake", "call", "company"})
package io.patchbay.caller;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
