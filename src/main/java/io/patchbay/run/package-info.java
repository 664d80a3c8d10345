/** Long pieces of work, such as a replay or an import: begun by a person, seen while they go on, stopped between two pieces, gone on with after a kill. */
@NullMarked
@ApplicationModule(allowedDependencies = "company")
package io.patchbay.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
