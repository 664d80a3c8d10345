/** What an administrator writes into fields of a connected system besides what its connector writes, without touching the connector's folder. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "connection", "connector", "company"})
package io.patchbay.fields;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
