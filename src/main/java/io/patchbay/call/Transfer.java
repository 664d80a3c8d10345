package io.patchbay.call;

/** A hand-over. @param to the address it went to, as the PBX writes it */
public record Transfer(String to, Kind kind) {

    public enum Kind {
        BLIND,
        ATTENDED
    }
}
