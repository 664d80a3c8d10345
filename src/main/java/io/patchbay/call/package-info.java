/** What a call is: a join of small immutable facts. Pure: no Spring, no Camel, no SQL, no JSON, no clock. */
@NullMarked
@ApplicationModule(allowedDependencies = {"company"})
package io.patchbay.call;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
