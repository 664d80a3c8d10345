/** Xsi events: the XML by which several cloud PBXs tell what happens to a leg. */
@NullMarked
@NamedInterface("xsi")
package io.patchbay.protocol.xsi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
