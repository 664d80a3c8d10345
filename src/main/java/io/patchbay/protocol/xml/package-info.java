/** XML that systems send, as a tree that a mapping can walk. */
@NullMarked
@NamedInterface("xml")
package io.patchbay.protocol.xml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
