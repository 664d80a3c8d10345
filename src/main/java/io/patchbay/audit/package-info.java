/** Who did what, when and from where: a log of each company that only grows, and in which nothing can be changed unseen. */
@NullMarked
@ApplicationModule(allowedDependencies = {"call", "company"})
package io.patchbay.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
