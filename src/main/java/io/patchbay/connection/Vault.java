package io.patchbay.connection;

import io.patchbay.audit.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals bytes with AES-256-GCM. What was sealed for one purpose does not open for another, so that a row copied to another company or field is
 * worthless. Thread-safe.
 *
 * <p>Sealed form: version (1 byte), key id (8), IV (12, fresh each time), cipher text with its tag.
 */
public final class Vault implements Seal {

    private static final byte VERSION = 1;
    private static final int IV = 12; // bytes, as GCM wants it
    private static final int TAG = 128; // bits
    private static final int HEAD = 1 + VaultKey.ID_LENGTH + IV;

    private final SecureRandom random = new SecureRandom();
    private final VaultKey current;
    private final Map<String, VaultKey> keys = new LinkedHashMap<>();

    /** @param previous keys that only open what they sealed before */
    public Vault(VaultKey current, List<VaultKey> previous) {
        this.current = current;
        previous.forEach(key -> keys.put(key.id(), key));
        keys.put(current.id(), current);
    }

    /** @param purpose must be the same when the bytes are opened, e.g. {@code company/1/connection/7/secret/token} */
    @Override
    public byte[] seal(byte[] plain, String purpose) {
        var iv = new byte[IV];
        random.nextBytes(iv);
        var sealed = cipher(Cipher.ENCRYPT_MODE, current, iv, plain, 0, plain.length, purpose);
        return ByteBuffer.allocate(HEAD + sealed.length)
                .put(VERSION)
                .put(current.idBytes())
                .put(iv)
                .put(sealed)
                .array();
    }

    /** @throws VaultException when the bytes were changed, sealed for another purpose, or with a key that is not here */
    @Override
    public byte[] open(byte[] sealed, String purpose) {
        if (sealed.length < HEAD || sealed[0] != VERSION) {
            throw new VaultException("Could not open a sealed value for " + purpose + ": these bytes are not sealed.");
        }
        var id = new byte[VaultKey.ID_LENGTH];
        var iv = new byte[IV];
        ByteBuffer.wrap(sealed).position(1).get(id).get(iv);
        var key = keys.get(VaultKey.text(id));
        if (key == null) {
            throw new VaultException("Could not open a sealed value for " + purpose + ": it was sealed with the key "
                    + VaultKey.text(id) + ", which this hub does not have.");
        }
        return cipher(Cipher.DECRYPT_MODE, key, iv, sealed, HEAD, sealed.length - HEAD, purpose);
    }

    private static byte[] cipher(
            int mode, VaultKey key, byte[] iv, byte[] bytes, int from, int length, String purpose) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.secretKey(), new GCMParameterSpec(TAG, iv));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes, from, length);
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "Could not " + (mode == Cipher.ENCRYPT_MODE ? "seal" : "open") + " a value for " + purpose
                            + ": it was changed, or belongs to something else.",
                    e);
        }
    }

    /** Tells keys apart without telling anything about them. */
    public String currentKeyId() {
        return current.id();
    }

    byte[] currentKeyIdBytes() {
        return current.idBytes();
    }

    public boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }
}
