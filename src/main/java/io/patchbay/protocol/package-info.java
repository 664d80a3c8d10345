/** Wire formats that data cannot describe, shared by connectors. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company"})
package io.patchbay.protocol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
