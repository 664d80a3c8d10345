/** For who writes a connector: told cases, the target that keeps strictly to them, and the demands every connector has to meet. */
@NullMarked
@ApplicationModule(allowedDependencies = {"company", "connection", "connector", "runtime", "sandbox"})
package io.patchbay.workshop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
