/** What keeps a connection useful between two calls: its subscription to events, its tokens handed over by the target, its list of employees and lines. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "intake", "connection", "connector", "directory", "call", "company"})
package io.patchbay.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
