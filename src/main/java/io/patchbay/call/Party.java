package io.patchbay.call;

/** The other side of a call, in whatever way it could be told. Only a {@link PhoneNumber} ever makes a client. */
public sealed interface Party permits PhoneNumber, Extension, HiddenNumber, MalformedNumber {

    /** What the PBX wrote; empty when it wrote nothing. */
    String raw();
}
