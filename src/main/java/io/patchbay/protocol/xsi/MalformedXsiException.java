package io.patchbay.protocol.xsi;

import org.jspecify.annotations.Nullable;

/** A body is no Xsi event, or one that is not safe to read. The message says why, without quoting the body. */
public class MalformedXsiException extends IllegalArgumentException {

    MalformedXsiException(String why) {
        this(why, null);
    }

    MalformedXsiException(String why, @Nullable Throwable cause) {
        super("Could not read the Xsi event: " + why, cause);
    }
}
