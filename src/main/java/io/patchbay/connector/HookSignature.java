package io.patchbay.connector;

/**
 * How the hooks of a target are told from forged ones.
 *
 * @param unsigned what becomes of a hook without the header, or of every hook while the connection has no secret
 */
public record HookSignature(Signature signature, Unsigned unsigned) {

    /** A wrong signature is always refused. */
    public enum Unsigned {
        /** Answered 401 and not kept. */
        REFUSE,
        /** Taken; {@code decode-hook} sees {@code input.signed: false} and decides. For targets whose pings bear no signature. */
        TELL
    }

    static HookSignature read(ManifestField field) {
        var read = new HookSignature(Signature.read(field), field.at("unsigned").word(Unsigned.class, Unsigned.REFUSE));
        field.nothingElse();
        return read;
    }
}
