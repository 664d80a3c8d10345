package io.patchbay.person;

import io.patchbay.connection.KeyRotation;
import io.patchbay.connection.Vault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Hashes numbers with a key of its own, which rests sealed: whoever has the database alone cannot try all numbers. The key is made with the first erasure and never
 * changes, or the hub would not know again whom it erased.
 */
@Component
class ErasureKey {

    private static final int LENGTH = 32; // bytes

    private final JdbcClient jdbc;
    private final Vault vault;
    private final AtomicReference<@Nullable SecretKeySpec> known = new AtomicReference<>();

    ErasureKey(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** Made if there is none yet. */
    void make() {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        jdbc.sql("INSERT INTO erasure_key (id, sealed) VALUES (1, ?) ON CONFLICT (id) DO NOTHING")
                .param(vault.seal(bytes, KeyRotation.ERASURE_PURPOSE))
                .update();
    }

    /** 64 hexadecimal digits; empty while nobody was ever erased. */
    Optional<String> hash(String text) {
        return key().map(key -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JVM has HMAC-SHA-256.", e);
            }
        });
    }

    private Optional<SecretKeySpec> key() {
        var key = known.get();
        if (key != null) {
            return Optional.of(key);
        }
        var stored = jdbc.sql("SELECT sealed FROM erasure_key WHERE id = 1")
                .query(byte[].class)
                .optional()
                .map(bytes -> new SecretKeySpec(vault.open(bytes, KeyRotation.ERASURE_PURPOSE), "HmacSHA256"));
        stored.ifPresent(known::set);
        return stored;
    }
}
