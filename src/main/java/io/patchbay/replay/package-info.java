/** Looks again at calls of the past and does what is missing: of one call, of a range of time, of what a connection gave up. */
@NullMarked
@ApplicationModule(allowedDependencies = {"run", "effect", "journal", "rules", "connector", "call", "company"})
package io.patchbay.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
