/** The kit: what a connector is, what it can do and how its folder is read. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company"})
package io.patchbay.connector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
