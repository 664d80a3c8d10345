/** What a company wants done for which call. Pure: no I/O, no clock. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company"})
package io.patchbay.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
