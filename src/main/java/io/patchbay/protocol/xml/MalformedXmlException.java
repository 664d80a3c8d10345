package io.patchbay.protocol.xml;

import org.jspecify.annotations.Nullable;

/** A body is no XML, or one that is not safe to read. The message says why, without quoting the body. */
public class MalformedXmlException extends IllegalArgumentException {

    private final String why;

    MalformedXmlException(String why) {
        this(why, null);
    }

    MalformedXmlException(String why, @Nullable Throwable cause) {
        super("Could not read the XML: " + why, cause);
        this.why = why;
    }

    /** The reason alone, for a message of one's own. */
    public String why() {
        return why;
    }
}
