/** A customer of the hub: one company with its region, time zone and language. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.patchbay.company;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
