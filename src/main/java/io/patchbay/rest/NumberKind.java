package io.patchbay.rest;

import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.MalformedNumber;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** What the other side's number is. */
enum NumberKind {
    PHONE,
    EXTENSION,
    HIDDEN,
    MALFORMED;

    static NumberKind of(Party party) {
        return switch (party) {
            case PhoneNumber phone -> PHONE;
            case Extension extension -> EXTENSION;
            case HiddenNumber hidden -> HIDDEN;
            case MalformedNumber malformed -> MALFORMED;
        };
    }

    /** In full: the caller is signed in. */
    static @Nullable String written(Party party) {
        return switch (party) {
            case PhoneNumber phone -> phone.e164();
            case Extension extension -> extension.digits();
            case HiddenNumber hidden -> null;
            case MalformedNumber malformed -> malformed.raw();
        };
    }
}
