/** Simulated PBX and CRMs that keep to the vendors' rules: for the sandbox and for the tests. Nothing in the core knows this package. */
@NullMarked
@ApplicationModule
package io.patchbay.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
