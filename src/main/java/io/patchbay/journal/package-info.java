/** Facts and the calls they join to, and the raw hooks they were understood from: stored, found, listed. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company", "directory"})
package io.patchbay.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
