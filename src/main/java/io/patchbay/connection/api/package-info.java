/** The one door out: every request to a connected system leaves through here. */
@NullMarked
package io.patchbay.connection.api;

import org.jspecify.annotations.NullMarked;
