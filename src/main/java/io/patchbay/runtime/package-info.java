/** What the hub stands on: its data folder, database, broker and clock. No business decision lives here. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.patchbay.runtime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
