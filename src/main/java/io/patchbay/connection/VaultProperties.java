package io.patchbay.connection;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The key that seals secrets.
 *
 * @param key          32 bytes in Base64; empty: the key in the file
 * @param keyFile      file with the key, made at the first start; empty: {@code vault.key} in the data folder
 * @param previousKeys keys that were used before, 32 bytes in Base64 each: they open what they sealed
 */
@ConfigurationProperties("patchbay.vault")
public record VaultProperties(
        @DefaultValue("") String key,
        @DefaultValue("") String keyFile,
        @DefaultValue List<String> previousKeys) {

    @Override
    public String toString() {
        return "VaultProperties[key=***, keyFile=" + keyFile + "]";
    }
}
