/** One company's use of a connector: settings, secrets, tokens, health, pace, and the one door through which requests leave. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "connector", "call", "company"})
package io.patchbay.connection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
