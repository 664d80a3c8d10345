/** What the hub holds of a person, found by a telephone number: handed over, or erased so that it does not come back. */
@NullMarked
@ApplicationModule(allowedDependencies = {"intake", "journal", "recording", "connection", "call", "company"})
package io.patchbay.person;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
