package io.patchbay.audit;

/** Makes bytes that nobody can make who has only the database: the vault, as the audit log needs it. */
public interface Seal {

    /** @param purpose must be the same when the bytes are opened */
    byte[] seal(byte[] plain, String purpose);

    /** @throws RuntimeException when the bytes are not what was sealed for this purpose */
    byte[] open(byte[] closed, String purpose);
}
