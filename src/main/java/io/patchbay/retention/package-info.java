/** How long a company keeps what, and the nightly job that removes what is older. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "recording", "journal", "call", "company"})
package io.patchbay.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
