/** Who may come in: users, API tokens, the set-up link, and the rules of the web that hold for all pages and programs. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "company"})
package io.patchbay.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
