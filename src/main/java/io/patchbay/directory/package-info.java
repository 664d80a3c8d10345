/** Who works for a company and who calls it: employees and clients with their ids in each connected system, and the company's lines. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company"})
package io.patchbay.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
