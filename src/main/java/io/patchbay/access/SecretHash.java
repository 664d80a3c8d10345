package io.patchbay.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * SHA-256 of a secret that is long and random. A fast hash is enough for those: there is nothing to guess. Passwords, which people
 * choose, are hashed slowly elsewhere.
 *
 * @param hex 64 hexadecimal digits
 */
record SecretHash(String hex) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int START_DIGITS = 12;

    static SecretHash of(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** A new secret, 43 characters that need no escaping in an address. */
    static String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Enough to find a row by; how long a database compares it tells nothing about the rest. */
    String start() {
        return hex.substring(0, START_DIGITS);
    }

    /** Equality that takes the same time wherever the first difference is. */
    boolean matches(SecretHash other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "***";
    }
}
