/** Closes gaps: what a PBX's own history knows and the journal does not enters as facts. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"call", "company", "journal", "effect", "connection", "connector", "recording", "run"})
package io.patchbay.backfill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
